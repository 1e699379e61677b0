// The text of an SVG -> a PNG, drawn by the browser itself.

/** At twice the size, so that it stays sharp on a slide; less for pictures that a canvas would refuse. */
const SCALE = 2;
const LARGEST = 12_000;

async function loaded(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}

export async function pngOf(svg: string): Promise<Blob> {
  const image = await loaded(svg);
  const scale = Math.min(SCALE, LARGEST / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the browser drew nothing'))),
      'image/png',
    );
  });
}
