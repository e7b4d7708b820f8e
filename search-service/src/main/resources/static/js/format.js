// Numbers and names as people read them.
const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const short = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

export const count = number => whole.format(number);
export const compact = number => number < 10000 ? whole.format(number) : short.format(number);
export const percent = share => (100 * share).toFixed(1) + ' %';
export const points = share => (share >= 0 ? '+' : '−') + Math.abs(100 * share).toFixed(1);
export const interval = ({mean, low, high}) => `${(100 * mean).toFixed(1)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
export const words = constant => constant.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ');
export const title = constant => { const text = words(constant); return text[0].toUpperCase() + text.slice(1); };

export function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function ago(instant) {
  const passed = Date.now() - new Date(instant).getTime();
  return passed < 2000 ? 'now' : `${duration(passed)} ago`;
}

/** The time of day so many milliseconds from now, with the weekday where it is not today. */
export function clock(millis) {
  const then = new Date(Date.now() + millis);
  const today = then.toDateString() === new Date().toDateString();
  return then.toLocaleString('en-GB', {hour: '2-digit', minute: '2-digit', ...(today ? {} : {weekday: 'short'})});
}

/** What the images are, said so that nobody takes one for the other. */
export const dataLabel = data => data === 'synthetic' ? 'Synthetic images, not CIFAR-10' : data === 'cifar10' ? 'CIFAR-10' : data;

/** Lines of at most `width` characters, broken at spaces. */
export function wrapped(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1];
    if (line && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

/** 1 operation, 2 operations */
export const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
