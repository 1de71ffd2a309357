import { expect, it } from 'vitest';
import { firstChoice } from './choice';
import { localPlan } from './planning';
import { emptyFound } from './scan';
import { mediaScript } from './script';

it.each([
  ['1.163.2', '/_synapse/admin/v1/media/delete'],
  ['1.77.0', '/_synapse/admin/v1/media/demo.example/delete'],
])('the script of a deletion by date uses the path that Synapse %s has', (version, path) => {
  const planned = localPlan({ ...firstChoice(Date.now()), method: 'sweep' }, emptyFound(), {
    serverName: 'demo.example',
  });
  const owner = { baseUrl: 'https://demo.example', userId: '@admin:demo.example' };
  const ground = { owner, serverName: 'demo.example', version };
  for (const language of ['bash', 'python'] as const) {
    const script = [...mediaScript(planned, ground, language)].join('');
    const lines = script.split('\n').filter((line) => /^SWEEP_PATH ?=/.test(line));
    expect(lines.join()).toMatch(new RegExp(`["']${path}["']$`));
    expect(script.match(/SWEEP_PATH/g)).toHaveLength(2);
  }
});
