/** What `kharden learn` reads from the stand-ins that were built, each as an OCI image layout of the very layers that the node runs. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configText, type BuiltImage } from './images/build.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** The file of entries in a cache folder. */
export function learnedFile(cache: string): string {
  return join(cache, 'learned/kharden.images.yaml');
}

/** Learns the stand-ins, and nothing of another run; throws when an image cannot be read. */
export function learnImages(cache: string, images: readonly BuiltImage[]): void {
  const folder = join(cache, 'learned');
  rmSync(folder, { recursive: true, force: true });
  for (const image of images.filter(({ recipe }) => recipe.isUnknown))
    for (const reference of image.recipe.references) {
      const layout = join(folder, image.recipe.name);
      rmSync(layout, { recursive: true, force: true });
      writeLayout(layout, image);
      const args = ['bin/kharden.js', 'learn', `oci:${layout}`, '--as', reference, '--output', learnedFile(cache)];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
      if (status !== 0) throw new Error(`kharden learn ${reference}: ${stderr}`);
    }
}

/** Writes a layout with hard links to the layers. */
function writeLayout(folder: string, image: BuiltImage): void {
  const blobs = join(folder, 'blobs/sha256');
  mkdirSync(blobs, { recursive: true });
  const put = (mediaType: string, text: string): object => {
    const digest = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(blobs, digest), text);
    return { mediaType, digest: `sha256:${digest}`, size: Buffer.byteLength(text) };
  };
  const layers = image.layers.map((layer) => {
    linkSync(join(layer.folder, 'layer.tar'), join(blobs, layer.digest));
    return { mediaType: LAYER, digest: `sha256:${layer.digest}`, size: statSync(join(blobs, layer.digest)).size };
  });
  const config = put(CONFIG, configText(image));
  const manifest = put(MANIFEST, JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers }));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  writeFileSync(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
}
