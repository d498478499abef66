// Elements out of plain values. What people wrote only ever becomes text nodes.
export function el(tag, about = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(about)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== 'string') made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ''));
  return made;
}
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#${name}`);
  svg.append(use);
  return svg;
}
export const button = (about, ...inside) => el('button', { type: 'button', ...about }, ...inside);

// Whether what a node shows is another than it was drawn with: drawn again in vain, it loses a press.
export function anew(node, shows) {
  if (node.dataset.shows === shows) return false;
  node.dataset.shows = shows;
  return true;
}
