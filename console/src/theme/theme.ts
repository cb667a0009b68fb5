import {
  type CSSVariablesResolver,
  createTheme,
  DEFAULT_THEME,
  type DrawerProps,
  type InputWrapperProps,
  type MantineColorsTuple,
  type ModalProps,
  mergeMantineTheme,
} from "@mantine/core";
import type { DateInputProps } from "@mantine/dates";
import type { Dictionary } from "../i18n/dictionary";
import type { Language } from "../i18n/languages";

const ink: MantineColorsTuple = [
  "#eef1fe",
  "#dde3fc",
  "#bcc7f8",
  "#97a8f4",
  "#7289ee",
  "#5870e4",
  "#4a60d8",
  "#3c4fc2",
  "#3242a0",
  "#273379",
];

/** Mantine's greys are neutral; these lean to the same blue as the light theme. */
const dark: MantineColorsTuple = [
  "#e7e9f1",
  "#c3c8d6",
  "#a8afc2",
  "#8d94a8",
  "#3a4056",
  "#2a2f40",
  "#1f2330",
  "#191c27",
  "#14161f",
  "#101219",
];

/** The house's look; labels that Mantine leaves nameless are named in the reader's language. */
export function themeIn(t: Dictionary, language: Language) {
  return mergeMantineTheme(
    DEFAULT_THEME,
    createTheme({
      primaryColor: "ink",
      primaryShade: { light: 7, dark: 6 },
      colors: { ink, dark },
      fontFamily: "'Figtree Variable', 'Figtree stand-in', ui-sans-serif, system-ui, sans-serif",
      defaultRadius: "md",
      cursorType: "pointer",
      headings: {
        fontWeight: "650",
        sizes: {
          h1: { fontSize: "1.625rem" },
          h2: { fontSize: "1.125rem" },
          h3: { fontSize: "1rem" },
        },
      },
      respectReducedMotion: true,
      components: componentsIn(t, language),
    }),
  );
}

function componentsIn(t: Dictionary, language: Language) {
  const closeButtonProps = { "aria-label": t.common.close };
  const modal: Partial<ModalProps> = {
    closeButtonProps,
    radius: "lg",
    overlayProps: { backgroundOpacity: 0.5, blur: 2 },
  };
  const drawer: Partial<DrawerProps> = {
    closeButtonProps,
    overlayProps: { backgroundOpacity: 0.35 },
  };
  const wrapper: Partial<InputWrapperProps> = {
    inputWrapperOrder: ["label", "input", "description", "error"],
  };
  // <header> within a dialog would be a second banner of the page.
  const header = { role: "presentation" };
  return {
    // By colour alone, a link in a text is not told from it.
    Anchor: { defaultProps: { underline: "always" } },
    Modal: { defaultProps: modal },
    Drawer: { defaultProps: drawer },
    ModalHeader: { defaultProps: header },
    DrawerHeader: { defaultProps: header },
    InputWrapper: { defaultProps: wrapper },
    DateInput: { defaultProps: datesIn(t, language) },
  };
}

function datesIn(t: Dictionary, language: Language): Partial<DateInputProps> {
  return {
    locale: language,
    firstDayOfWeek: 1,
    valueFormat: "DD/MM/YYYY",
    // Within the page: a portal would stand outside its landmarks.
    popoverProps: { shadow: "md", withinPortal: false },
    clearButtonProps: { "aria-label": t.dates.clear },
    ariaLabels: {
      previousMonth: t.dates.previousMonth,
      nextMonth: t.dates.nextMonth,
      previousYear: t.dates.previousYear,
      nextYear: t.dates.nextYear,
      previousDecade: t.dates.previousDecade,
      nextDecade: t.dates.nextDecade,
    },
  };
}

/** Colours whose contrast Mantine's own fall short of 4.5:1 with, on our backgrounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1b2033",
    "--mantine-color-dimmed": "#566078",
    "--mantine-color-placeholder": "#667089",
    "--mantine-color-error": "#c0262d",
    "--mantine-color-default-border": "#d5d9e4",
    "--mantine-color-anchor": "#3346b8",
  },
  dark: {
    "--mantine-color-body": "#191c27",
    "--mantine-color-text": "#e7e9f1",
    "--mantine-color-dimmed": "#a8afc2",
    "--mantine-color-placeholder": "#959db3",
    "--mantine-color-error": "#ff9a9a",
    "--mantine-color-default": "#222636",
    "--mantine-color-default-hover": "#2a2f42",
    "--mantine-color-default-border": "#3a4056",
    "--mantine-color-anchor": "#a9b6ff",
  },
});
