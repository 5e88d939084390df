/** Runs in Electron, for scripts/icons.mjs: `draw-icons IN OUT`, both JSON: name → [SVG, pixels], and name → its RGBA in base64. */
const { readFileSync, writeFileSync } = require('node:fs');
const { app, BrowserWindow } = require('electron');

const [input, output] = process.argv.slice(-2);

/** In the page. */
async function drawAll(wanted) {
  const drawn = {};
  for (const [name, [svg, size]] of Object.entries(wanted)) {
    const picture = new Image(size, size);
    picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0, size, size);
    const { data } = context.getImageData(0, 0, size, size);
    drawn[name] = btoa(Array.from(data, (one) => String.fromCharCode(one)).join(''));
  }
  return drawn;
}

app.disableHardwareAcceleration();
app.whenReady().then(async () => {
  try {
    const window = new BrowserWindow({ show: false });
    await window.loadURL('data:text/html,');
    const wanted = readFileSync(input, 'utf8');
    writeFileSync(output, JSON.stringify(await window.webContents.executeJavaScript(`(${drawAll})(${wanted})`)));
    app.exit(0);
  } catch (error) {
    process.stderr.write(`${error}\n`);
    app.exit(1);
  }
});
