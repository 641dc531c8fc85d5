import { CLOUDS, type KnownCloud, RESOURCE_ALIASES } from '../src/trust/clouds.ts';

const CLOUD_LIST: readonly KnownCloud[] = Object.values(CLOUDS);

/** What each of Microsoft's clouds is reached by, and what the aliases of `tokens` stand for there. */
export function cloudTable(): string {
  const rows: readonly (readonly [string, (cloud: KnownCloud) => string | undefined])[] = [
    ['authority', ({ authority }) => authority],
    ['audience of federated credentials', ({ audience }) => audience],
    ['Resource Manager', ({ managementEndpoint }) => managementEndpoint],
    ['`ARM_ENVIRONMENT` of Terraform', ({ terraform }) => terraform['ARM_ENVIRONMENT']],
    ...RESOURCE_ALIASES.map(
      (alias) => [`token \`${alias}\``, ({ resources }: KnownCloud) => resources[alias]] as const,
    ),
  ];
  return [
    `| | ${CLOUD_LIST.map(({ name }) => `\`${name}\``).join(' | ')} |`,
    `| --- |${' --- |'.repeat(CLOUD_LIST.length)}`,
    ...rows.map(([name, read]) => {
      const cells = CLOUD_LIST.map((cloud) => read(cloud)).map((value) =>
        value ? `\`${value}\`` : 'not offered',
      );
      return `| ${name} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}
