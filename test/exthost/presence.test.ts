import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('Slipway in VS Code', () => {
  it('is there, and activates', async () => {
    const extension = vscode.extensions.getExtension('slipway.slipway');
    assert.ok(extension, 'VS Code does not know slipway.slipway');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('runs in a host that reaches loopback alone, and knows no AWS account', async () => {
    const { SLIPWAY_LOOPBACK_RECORD: before } = process.env;
    assert.ok(before, 'the guard is not set up');
    const record = join(mkdtempSync(join(tmpdir(), 'record-')), 'record');
    process.env['SLIPWAY_LOOPBACK_RECORD'] = record;
    try {
      await assert.rejects(fetch('http://192.0.2.1/'));
      assert.match(readFileSync(record, 'utf8'), /connect 192\.0\.2\.1:80/);
    } finally {
      process.env['SLIPWAY_LOOPBACK_RECORD'] = before;
    }
    assert.equal(existsSync(process.env['AWS_CONFIG_FILE'] ?? ''), false);
    assert.equal(process.env['AWS_PROFILE'], undefined);
  });
});
