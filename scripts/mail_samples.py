"""Write the mails of the invented week as HTML, for the eye and for the lint; with --pictures, as pictures too.

Usage: python scripts/mail_samples.py FOLDER [--pictures]

Pictures are taken by headless Chromium at the two widths that count, light and dark.
"""

import argparse
import shutil
import subprocess
from pathlib import Path

from PIL import Image, ImageChops

from comtoise.delivery.confirmation import Confirmation
from comtoise.delivery.html import alert_html, digest_html
from comtoise.delivery.letter import Footer
from comtoise.delivery.mail.links import CONFIRM_WITHIN
from comtoise.delivery.picture import picture_of
from comtoise.demo.sample import sample_digest, sample_stories

FOOTER = Footer(
    reason="Vous recevez cette lettre chaque semaine, parce que vous l’avez demandée.",
    unsubscribe_url="https://veille.example/desabonnement/7",
    settings_url="https://veille.example/reglages/7",
    privacy_url="https://veille.example/confidentialite",
    identity="Agence exemple, 1 rue du Cadran, 25000 Besançon",
)
WIDTHS = (600, 360)
HEIGHTS = {600: 3560, 360: 4450}


def samples() -> dict[str, str]:
    """Name to HTML document, images by ``cid:`` as in the mail."""
    week = sample_digest()
    picture = picture_of(week)
    said = picture.alt if picture else ""
    return {
        "weekly": digest_html(week, footer=FOOTER, picture=said, source="cid:semaine@comtoise"),
        "daily": digest_html(sample_digest("2026-11-25"), footer=FOOTER),
        "alert": alert_html(sample_stories()[0], footer=FOOTER),
        "confirm": Confirmation(
            url="https://veille.example/confirmation/7", within=CONFIRM_WITHIN, days=7
        ).html(),
    }


def take_pictures(folder: Path) -> None:
    """The weekly mail as people see it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium here")
    week = sample_digest()
    picture = picture_of(week)
    page = folder / "weekly-picture.html"
    source, said = (picture.data_url, picture.alt) if picture else ("", "")
    page.write_text(digest_html(week, footer=FOOTER, picture=said, source=source), "utf-8")
    for width in WIDTHS:
        for shade in ("light", "dark"):
            subprocess.run(
                [
                    chromium,
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    f"--blink-settings=preferredColorScheme={0 if shade == 'dark' else 1}",
                    f"--window-size={width},{HEIGHTS[width]}",
                    f"--screenshot={folder / f'weekly-{width}-{shade}.png'}",
                    page.as_uri(),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            _tidy(folder / f"weekly-{width}-{shade}.png")
    page.unlink()


def _tidy(path: Path) -> None:
    """Cut the empty foot, and keep a palette: a third of the bytes."""
    image = Image.open(path).convert("RGB")
    ground = image.getpixel((2, image.height - 1))
    blank = Image.new("RGB", image.size, ground)
    box = ImageChops.difference(image, blank).getbbox()
    height = min(image.height, box[3] + 24) if box else image.height
    image.crop((0, 0, image.width, height)).quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", action="store_true")
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if given.pictures:
        take_pictures(folder)
        return
    for name, html in samples().items():
        (folder / f"{name}.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main()
