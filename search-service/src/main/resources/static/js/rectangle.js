// A rectangle drawn with the mouse over a chart. Fingers scroll the page; keyboards have the tables.
const LEAST = 6;

/** A click means what is so near. */
const NEAR = 5;

/**
 * Both are called with left, top, right, bottom in the chart's pixels.
 *
 * @param picked by a rectangle, also told whether the shift key was held
 * @param clicked a small one around a click
 */
export function rectangles(chart, picked, clicked) {
  const canvas = chart.getZr();
  let from = null;
  let shape = null;

  const inside = event => ({x: Math.min(Math.max(event.offsetX, 0), chart.getWidth()), y: Math.min(Math.max(event.offsetY, 0), chart.getHeight())});
  const box = to => ({x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y)});

  function end(event) {
    if (!from) return;
    const {x, y, width, height} = box(inside(event));
    const drawn = shape !== null;
    if (drawn) canvas.remove(shape);
    from = shape = null;
    if (drawn) picked([x, y, x + width, y + height], event.event.shiftKey);
  }

  canvas.on('mousedown', event => {
    if (event.event.button === 0 && !String(event.event.type).startsWith('touch') && event.event.pointerType !== 'touch') from = inside(event);
  });
  canvas.on('mousemove', event => {
    if (!from) return;
    if (event.event.buttons === 0) return end(event);
    const now = box(inside(event));
    if (!shape && Math.max(now.width, now.height) < LEAST) return;
    if (!shape) {
      const ink = getComputedStyle(document.body).color;
      shape = new echarts.graphic.Rect({shape: now, style: {fill: ink, opacity: 0.12, stroke: ink, lineWidth: 1}, silent: true, z: 1000});
      canvas.add(shape);
    }
    shape.setShape(now);
  });
  canvas.on('mouseup', end);
  canvas.on('click', ({offsetX: x, offsetY: y}) => clicked([x - NEAR, y - NEAR, x + NEAR, y + NEAR]));
  canvas.on('globalout', event => end(event));
}
