#!/usr/bin/env node
// npm run moving-picture -- OUT.png FRAME.png…: makes the moving picture of the README from pictures of the window's tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { animatedPng } from './picture/animated-png.mjs';

const FRAME_MS = 2500;

const [out, ...frames] = process.argv.slice(2);
if (out === undefined || frames.length < 2) {
  console.error('npm run moving-picture -- OUT.png FRAME.png FRAME.png…');
  process.exitCode = 2;
} else {
  const picture = animatedPng(
    frames.map((file) => readFileSync(file)),
    FRAME_MS,
  );
  writeFileSync(out, picture);
  console.log(`${out}: ${frames.length} frames, ${(picture.length / 1024).toFixed(0)} KB`);
}
