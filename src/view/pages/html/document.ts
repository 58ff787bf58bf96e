/** The HTML document around a page. It may load and run its own script and style, and nothing else. */
import { type Html, h } from './html';

export interface DocumentParts {
  /** The tab's title, for screen readers. */
  readonly title: string;
  /** Language of the user, such as `en`. */
  readonly language: string;
  /** The page's key, by which the extension recognizes the page when VS Code restores it. */
  readonly page: string;
  /** The `cspSource` of the page's webview. */
  readonly cspSource: string;
  /** Random, and different for each document. */
  readonly nonce: string;
  /** Addresses from which the webview loads `page.js` and `page.css`. */
  readonly script: string;
  readonly style: string;
}

/**
 * Allows no script except the one with the nonce, no style except the extension's own files, and no
 * picture, font, frame, form or connection. The content of the page is sent as a message.
 */
export function documentHtml(parts: DocumentParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${parts.nonce}'`,
    `style-src ${parts.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head: readonly Html[] = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width,initial-scale=1' }),
    h('title', {}, parts.title),
    h('link', { rel: 'stylesheet', href: parts.style }),
  ];
  const body = [
    h('main', { 'data-page': parts.page }),
    h('script', { nonce: parts.nonce, src: parts.script }),
  ];
  const document = h('html', { lang: parts.language }, h('head', {}, head), h('body', {}, body));
  return `<!DOCTYPE html>${document.source}`;
}
