/**
 * Check that the images of the containers that run the snippet's scripts have the programs that these scripts
 * call. Images are recognized only by their names. An image that is not in the table of well-known images
 * passes; if it lacks a program, its pods fail.
 */
import type { SnippetScript, Workload } from '../../../model/workload';
import { declareCheck } from '../../../plan/check';
import { pass, warn } from './check';

const IMAGES = declareCheck('images', {
  'images.nothing-missing': pass(),
  'images.lacking': warn<{
    readonly container: string;
    readonly image: string;
    readonly programs: readonly string[];
  }>('choose-image'),
});

/**
 * The programs that each script calls and that an image may lack. The program that `start` runs at its end is not
 * listed: it comes with the image.
 */
const NEEDS: Readonly<Record<SnippetScript, readonly string[]>> = {
  fetch: ['sh', 'aws', 'sha256sum'],
  unpack: ['sh', 'unzip', 'awk', 'od'],
  start: ['sh'],
};

/** Well-known images, each with the programs of `NEEDS` that it lacks. */
const WITHOUT: readonly { readonly image: RegExp; readonly programs: readonly string[] }[] = [
  { image: /(^|\/)aws-cli$/, programs: ['unzip'] },
  { image: /(^|\/)(busybox|alpine)$/, programs: ['aws'] },
  { image: /(^|\/)(debian|ubuntu|amazonlinux)$/, programs: ['aws', 'unzip'] },
  { image: /(^|\/)(distroless\/.+|pause)$/, programs: ['sh', 'aws', 'unzip'] },
];

export function imagesCheck({ convention: { steps = [] } }: Workload) {
  for (const { script, container, image } of steps) {
    const name = repositoryOf(image);
    const missing = WITHOUT.filter((one) => one.image.test(name)).flatMap(({ programs }) => programs);
    const programs = NEEDS[script].filter((one) => missing.includes(one));
    if (programs.length > 0) return IMAGES.found('images.lacking', { container, image, programs });
  }
  return IMAGES.found('images.nothing-missing');
}

/** The name without tag and digest: a colon before the last slash belongs to a port. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
}
