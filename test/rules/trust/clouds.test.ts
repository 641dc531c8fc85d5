import { expect, test } from 'vitest';
import { CLOUDS, defaultScope } from '../../../src/trust/clouds.ts';

test('each cloud has its own authority, audience and Resource Manager', () => {
  const clouds = Object.values(CLOUDS);
  for (const pick of ['authority', 'audience'] as const) {
    expect(new Set(clouds.map((cloud) => cloud[pick])).size).toBe(clouds.length);
  }
  expect(new Set(clouds.map(({ resources }) => resources.arm)).size).toBe(clouds.length);
  expect(clouds.map(({ terraform }) => terraform['ARM_ENVIRONMENT'])).toEqual([
    'public',
    'usgovernment',
    'china',
  ]);
  for (const [name, cloud] of Object.entries(CLOUDS)) expect(cloud.name).toBe(name);
});

test("keeps a resource's own trailing slash in its scope", () => {
  expect(defaultScope('https://management.core.windows.net/')).toBe(
    'https://management.core.windows.net//.default',
  );
  expect(defaultScope('6dae42f8-4368-4678-94ff-3960e28e3630')).toBe(
    '6dae42f8-4368-4678-94ff-3960e28e3630/.default',
  );
});
