import { Random, hashOf } from './random';

/** A small picture that is always the same for one id: a few soft shapes on a ground. SVG, 96 by 96. */
export function picture(id: string): string {
  const random = new Random(hashOf(id));
  const hue = random.between(0, 359);
  const shapes: string[] = [];
  for (let i = 0; i < 4; i += 1) {
    const [x, y, r] = [random.between(0, 96), random.between(0, 96), random.between(14, 40)];
    const color = `hsl(${(hue + random.between(20, 120)) % 360} ${random.between(45, 75)}% ${random.between(45, 75)}%)`;
    shapes.push(`<circle cx="${x}" cy="${y}" r="${r}" fill="${color}" fill-opacity="0.75"/>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><rect width="96" height="96" fill="hsl(${hue} 55% 35%)"/>${shapes.join('')}</svg>`;
}
