// What the mail programs of our readers do not support, in the HTML files given: anything not excused is a fault.
// Usage: node lint_mail.mjs PATH-TO-caniemail FILE...

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const CLIENTS = [
  "gmail.android", "gmail.desktop-webmail", "gmail.ios", "gmail.mobile-webmail",
  "outlook.android", "outlook.ios", "outlook.macos", "outlook.outlook-com", "outlook.windows", "outlook.windows-mail",
  "apple-mail.ios", "apple-mail.macos",
  "orange.android", "orange.desktop-webmail", "orange.ios",
  "sfr.android", "sfr.desktop-webmail", "sfr.ios",
  "laposte.desktop-webmail", // its telephone programs are not in the data
];

// Left out without loss where it is not understood, each for its reason.
const EXCUSED = {
  "<body> element": "replaced by a block: our ground colour stands on the table inside too",
  "<style> element": "it only darkens: every style that matters is inline",
  "@media": "the same",
  "color-scheme meta tag": "the same",
  "lang attribute": "for screen readers that get it",
  "role attribute": "for screen readers that get it",
  "display:none": "the preheader: where it shows, it is one grey line",
  "max-height property": "the same",
  "overflow": "the same",
  "text-decoration": "links stay underlined",
};

const [home, ...files] = process.argv.slice(2);
const { caniemail } = await import(pathToFileURL(`${home}/dist/index.js`));
let faults = 0;
for (const file of files) {
  const found = new Map();
  for (const client of CLIENTS) {
    const { issues } = caniemail({ clients: [client], html: readFileSync(file, "utf8") });
    for (const [name, list] of issues.errors) {
      for (const { title } of list) {
        if (!(title in EXCUSED)) found.set(title, [...(found.get(title) ?? []), name]);
      }
    }
  }
  for (const [title, clients] of found) {
    console.error(`${file}: ${title} is not supported by ${[...new Set(clients)].join(", ")}`);
    faults += 1;
  }
}
process.exit(faults ? 1 : 0);
