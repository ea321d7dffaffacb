/**
 * Contrast of an element's text to the nearest background behind it, by the formula of WCAG 2. A function for
 * `ofEach`.
 */
export const CONTRAST = `(element) => {
  const channels = (color) => (color.match(/[0-9.]+/g) ?? []).map(Number);
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element) => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const [text, back] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
  return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
}`;
