/** The questions of the deploy wizard after the cluster is known. */
import * as vscode from 'vscode';
import { CLEAR, KEEP } from '../../deploy/configuration';
import { argumentKeyBreach, argumentValueBreach } from '../../deploy/rules/arguments';
import type { RuleBreach } from '../../deploy/rules/breach';
import { bucketBreach, initializationScriptBreach, prefixBreach } from '../../deploy/rules/names';
import { strategiesFor } from '../../deploy/rules/strategy';
import type { DeploymentStrategy } from '../../model/kdb';
import { allItems } from '../../model/page';
import { t } from '../../view/l10n';
import { askArguments } from '../../view/wizard/argument-rows';
import { BACK, type Choice, LEFT } from '../../view/wizard/prompts';
import { into, type WizardStep } from '../../view/wizard/wizard';
import { sizeWords } from '../../view/words/phase';
import { breachWords } from '../../view/words/rules';
import { given } from '../pick';
import type { Ports } from '../ports';
import type { DeployAnswers, Source } from './answers';

type DeployStep = WizardStep<DeployAnswers>;

/** A text check in words, as an input box wants it. */
function sentence(breach: RuleBreach | undefined): string | undefined {
  return breach && breachWords(breach, t);
}

/** @param lastPrefix the prefix used the last time for this bucket, if any. */
export function codeSteps(
  ports: Ports,
  lastPrefix: (bucket: string) => string | undefined,
): readonly DeployStep[] {
  return [
    sourceStep,
    bucketStep(ports),
    zipStep(ports),
    prefixStep(lastPrefix),
    strategyStep,
    scriptStep,
    argumentsStep,
  ];
}

const OTHER = Symbol('other folder');
const ZIP = Symbol('zip in S3');

const sourceStep: DeployStep = {
  key: 'source',
  ask: async (_state, { prompts, heading }) => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const chosen = await prompts.pick<vscode.Uri | typeof OTHER | typeof ZIP>(heading, {
      placeholder: t('Choose what to deploy'),
      choices: [
        ...folders.map((folder) => ({
          value: folder.uri,
          label: folder.name,
          description: folder.uri.fsPath,
          icon: 'folder',
        })),
        { value: OTHER, label: t('Another folder…'), icon: 'folder-opened' },
        { value: ZIP, label: t('A zip that is in S3 already…'), icon: 'file-zip' },
      ],
    });
    if (chosen === BACK || chosen === LEFT) return chosen;
    if (chosen === ZIP) return { source: EXISTING_ZIP };
    if (chosen !== OTHER) return { source: { kind: 'folder', uri: chosen.toString() } };
    const [picked] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: t('Deploy this folder'),
      })) ?? [];
    return picked ? { source: { kind: 'folder', uri: picked.toString() } } : LEFT;
  },
};

/** Stands for the zip until the bucket and then the zip itself have been chosen. */
const EXISTING_ZIP: Source = { kind: 'zip', at: { bucket: '', key: '' } };

const bucketStep = (ports: Ports): DeployStep => ({
  key: 'bucket',
  ask: async ({ connection, cluster }, { prompts, heading }) =>
    into(
      await prompts.pick<string>(heading, {
        placeholder: t('Choose a bucket for the code, or type its name'),
        choices: async (signal) => {
          const { objects } = await ports(given(connection));
          const now = cluster?.configuration.code?.bucket;
          const buckets = await allItems((next) => objects.listBuckets(next, signal));
          return buckets.map(({ name, region }) => ({
            value: name,
            label: name,
            icon: 'archive',
            description: [region, name === now ? t('holds the code of this cluster') : undefined]
              .filter((text) => text !== undefined)
              .join(' · '),
          }));
        },
        active: (name) => name === cluster?.configuration.code?.bucket,
        typed: (name) =>
          bucketBreach(name) ? undefined : { value: name, label: name, description: t('as typed') },
        empty: t('No bucket was found: type the name of one'),
      }),
      (bucket) => ({ bucket }),
    ),
});

/** Replaces the stand-in of an existing zip by the zip; not asked for a folder. */
const zipStep = (ports: Ports): DeployStep => ({
  key: 'prefix',
  when: ({ source }) => source?.kind === 'zip' && source.at.key === '',
  ask: async ({ connection, bucket }, { prompts, heading }) => {
    const name = given(bucket);
    const zip = await prompts.pick(heading, {
      placeholder: t('Choose a zip'),
      choices: async (signal) => {
        const { objects } = await ports(given(connection));
        const versions = await allItems((next) => objects.listVersions(name, '', next, signal));
        return versions
          .filter(({ key }) => key.endsWith('.zip'))
          .sort((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0))
          .map((version) => ({
            value: version,
            label: version.key,
            description: [
              sizeWords(version.size),
              version.modifiedAt === undefined ? undefined : new Date(version.modifiedAt).toLocaleString(),
              version.isLatest ? undefined : t('earlier version'),
            ]
              .filter((text) => text !== undefined)
              .join(' · '),
            ...(version.versionId !== undefined && { detail: t('version {0}', { 0: version.versionId }) }),
            icon: 'file-zip',
          }));
      },
      empty: t('There is no zip in this bucket'),
    });
    if (zip === BACK || zip === LEFT) return zip;
    const at = {
      bucket: name,
      key: zip.key,
      ...(zip.versionId !== undefined && { versionId: zip.versionId }),
    };
    return { source: { kind: 'zip', at }, prefix: '' };
  },
});

const prefixStep = (last: (bucket: string) => string | undefined): DeployStep => ({
  key: 'prefix',
  when: ({ source }) => source?.kind === 'folder',
  ask: async ({ bucket }, { prompts, heading }) =>
    into(
      await prompts.input(heading, {
        prompt: t('Folder in the bucket under which Slipway keeps code and records. It may be empty.'),
        value: last(given(bucket)) ?? 'slipway',
        check: (text) => sentence(prefixBreach(text)),
      }),
      (prefix) => ({ prefix }),
    ),
});

const strategyStep: DeployStep = {
  key: 'strategy',
  ask: async ({ cluster }, { prompts, heading }) =>
    into(
      await prompts.pick<DeploymentStrategy>(heading, {
        placeholder: t('Choose how the q processes take the code'),
        choices: strategiesFor(given(cluster).type).map((strategy) => ({
          value: strategy,
          label: strategy,
          detail: strategyWords(strategy),
          icon: STRATEGY_ICONS[strategy],
        })),
      }),
      (strategy) =>
        strategy === 'NO_RESTART'
          ? { strategy, initializationScript: KEEP, commandLineArguments: KEEP }
          : { strategy },
    ),
};

const STRATEGY_ICONS = { NO_RESTART: 'debug-continue', ROLLING: 'sync', FORCE: 'zap' } as const;

export function strategyWords(strategy: DeploymentStrategy): string {
  switch (strategy) {
    case 'NO_RESTART':
      return t(
        'The q processes keep running and find the new files on disk. Script and arguments stay as they are.',
      );
    case 'ROLLING':
      return t('Each q process is stopped and a new one started with the new code.');
    case 'FORCE':
      return t('All q processes are stopped at once, then started again: the cluster is away in between.');
  }
}

const scriptStep: DeployStep = {
  key: 'initializationScript',
  ask: async ({ cluster, source }, { prompts, heading }) => {
    const now = cluster?.configuration.initializationScript;
    return into(
      await prompts.pick<string | typeof CLEAR>(heading, {
        placeholder: t('Choose the initialization script, or type its path in the zip'),
        choices: async () => {
          const found = source?.kind === 'folder' ? await scriptsIn(vscode.Uri.parse(source.uri)) : [];
          const choices: Choice<string | typeof CLEAR>[] = [
            ...(now === undefined
              ? []
              : [{ value: now, label: now, description: t('as it is now'), icon: 'check' }]),
            ...found
              .filter((path) => path !== now)
              .map((path) => ({ value: path, label: path, icon: 'file-code' })),
          ];
          return [
            ...choices,
            { value: CLEAR, label: t('No initialization script'), icon: 'circle-slash', always: true },
          ];
        },
        active: (value) => value === now,
        typed: (text) =>
          initializationScriptBreach(text)
            ? undefined
            : { value: text, label: text, description: t('as typed') },
      }),
      (chosen) => ({
        initializationScript:
          chosen === CLEAR ? CLEAR : ({ kind: 'value', value: chosen as string } as const),
      }),
    );
  },
};

/** q sources below a folder, nearest to the root first. */
async function scriptsIn(folder: vscode.Uri): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/*.{q,k}'),
    undefined,
    2_000,
  );
  const depth = (path: string): number => path.split('/').length;
  return found
    .map((uri) => uri.path.slice(folder.path.replace(/\/$/, '').length + 1))
    .sort((a, b) => depth(a) - depth(b) || a.localeCompare(b));
}

const argumentsStep: DeployStep = {
  key: 'commandLineArguments',
  ask: async ({ cluster }, ask) =>
    into(
      await askArguments(ask, given(cluster).configuration.commandLineArguments, {
        key: (key) => sentence(argumentKeyBreach(key)),
        value: (value) => sentence(argumentValueBreach(value)),
      }),
      (rows) => ({
        commandLineArguments: rows.length === 0 ? CLEAR : ({ kind: 'value', value: rows } as const),
      }),
    ),
};
