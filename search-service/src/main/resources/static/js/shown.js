// Which layers a chart shows: taken from the arrivals and the front that the page holds once, never copied per view.

const POINTS = ['dominated', 'scored', 'rejected', 'rejected-x', 'rejected-y'];

/** The arrival that a point of a chart stands for; undefined for what is none. */
export function arrivalOf({seriesId, value, data}, arrivals) {
  return POINTS.includes(seriesId) && arrivals.length > 0 ? arrivals[value.at(-1) - arrivals[0].ordinal] : data?.arrival;
}

/** Scored, arrived by then, and not on the front. */
export function dominated(arrivals, front) {
  const onFront = new Set(front.members.map(member => member.birth));
  return arrivals.filter(one => one.scores && one.ordinal <= front.ordinal && !onFront.has(one.birth));
}

/** Given up in training. */
export const rejected = (arrivals, front) => arrivals.filter(one => one.outcome === 'REJECTED' && !one.scores && one.ordinal <= front.ordinal);

/** Accuracies of a member of the front. */
export const accuracies = member => member.counts.map(({correct, total}) => correct / total);

/** Accuracies per anchor of what is selected, where it was scored on all. */
export function selected(births, arrivals, front) {
  if (births.size === 0) return [];
  const found = new Map(arrivals.filter(one => one.scores && one.ordinal <= front.ordinal && births.has(one.birth)).map(one => [one.birth, one.scores.accuracies]));
  for (const member of front.members) if (births.has(member.birth)) found.set(member.birth, accuracies(member));
  return [...found].map(([birth, scores]) => ({birth, scores}));
}
