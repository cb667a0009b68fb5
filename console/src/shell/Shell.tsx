import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, Suspense } from "react";
import { Link } from "wouter";
import logo from "../assets/facteur.svg";
import { useLanguage } from "../i18n/language";
import { Banners } from "./Banners";
import { Help } from "./Help";
import { Navigation } from "./Navigation";
import { Palette } from "./pages";
import classes from "./shell.module.css";
import { Tools } from "./Tools";
import { usePaletteKey, useShortcuts } from "./useShortcuts";

/** What surrounds every page. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const [helpOpened, help] = useDisclosure(false);
  const [paletteOpened, palette] = useDisclosure(false);
  useShortcuts(help.open);
  usePaletteKey(palette.open);
  return (
    <>
      <a className={classes.skip} href="#contenu">
        {t.shell.skip}
      </a>
      <header className={classes.bar}>
        <div className={classes.barInner}>
          <Link href="/campagnes" className={classes.brand}>
            <img src={logo} alt="" width={30} height={30} />
            {t.common.appName}
          </Link>
          <Navigation />
          <Tools onHelp={help.open} onPalette={palette.open} />
        </div>
      </header>
      <main id="contenu" tabIndex={-1}>
        <Banners />
        <div className={classes.main}>{children}</div>
      </main>
      {paletteOpened && (
        <Suspense>
          <Palette onClose={palette.close} onHelp={help.open} />
        </Suspense>
      )}
      <Help opened={helpOpened} onClose={help.close} />
    </>
  );
}
