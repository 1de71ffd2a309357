import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'cyan',
  colors: {
    // Bluish as the surfaces below: beside them Mantine's neutral greys look brown.
    dark: [
      '#c9cdd3',
      '#b4bac2',
      '#828a94',
      '#69717b',
      '#40464e',
      '#383e45',
      '#282c32',
      '#1f2226',
      '#1b1e21',
      '#141619',
    ],
  },
  // Shades dark enough for white text on them: 4.5 to 1 and better.
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  fontFamilyMonospace: String.raw`ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace`,
  headings: { fontWeight: '650' },
});

/** Mantine's own dimmed grey is 3.3 to 1 on white; admins read ids and numbers in it all day. */
export const variables: CSSVariablesResolver = () => ({
  // Mantine hovers to the lighter shade, on which white is too pale (4.3 to 1).
  variables: {
    '--mantine-color-cyan-filled-hover': '#095c6b',
    '--mantine-primary-color-filled-hover': '#095c6b',
    '--mantine-color-red-filled-hover': '#a51f1f',
  },
  light: {
    '--mantine-color-dimmed': '#57606a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-placeholder': '#6b7480',
    '--mantine-color-body': '#ffffff',
    '--glia-surface': '#ffffff',
    '--glia-canvas': '#f6f8fa',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb6',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-placeholder': '#9aa1ab',
    '--mantine-color-anchor': '#66d9e8',
    '--mantine-color-body': '#1f2226',
    '--glia-surface': '#1f2226',
    '--glia-canvas': '#17191c',
  },
});
