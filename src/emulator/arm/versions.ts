export type VersionedType =
  | 'metadata'
  | 'tenants'
  | 'subscriptions'
  | 'resourceGroups'
  | 'roleAssignments'
  | 'roleDefinitions'
  | 'userAssignedIdentities'
  | 'federatedIdentityCredentials';

interface Versioned {
  /** As refusals name the type. */
  name: string;
  /** Whether a resource provider of its own refuses the version, or Resource Manager itself. */
  provider: boolean;
  versions: readonly string[];
}

const SUBSCRIPTIONS = [
  '2016-06-01',
  '2018-06-01',
  '2019-06-01',
  '2019-11-01',
  '2020-01-01',
  '2020-06-01',
  '2021-01-01',
  '2022-12-01',
];

/**
 * Versions that the emulator speaks: those whose shape it gives, not all that Azure ever had.
 * Source: Azure/azure-rest-api-specs.
 */
export const VERSIONS: Readonly<Record<VersionedType, Versioned>> = {
  metadata: {
    name: 'metadata',
    provider: false,
    versions: ['2015-01-01', '2019-05-01', '2020-06-01', '2022-09-01'],
  },
  tenants: { name: 'tenants', provider: false, versions: SUBSCRIPTIONS },
  subscriptions: { name: 'subscriptions', provider: false, versions: SUBSCRIPTIONS },
  resourceGroups: {
    name: 'resourceGroups',
    provider: false,
    versions: [
      '2019-05-01',
      '2019-10-01',
      '2020-06-01',
      '2020-10-01',
      '2021-01-01',
      '2021-04-01',
      '2022-09-01',
      '2023-07-01',
      '2024-03-01',
      '2024-11-01',
      '2025-04-01',
    ],
  },
  roleAssignments: {
    name: 'roleAssignments',
    provider: true,
    versions: [
      '2020-04-01-preview',
      '2020-08-01-preview',
      '2020-10-01-preview',
      '2021-04-01-preview',
      '2022-01-01-preview',
      '2022-04-01',
    ],
  },
  roleDefinitions: {
    name: 'roleDefinitions',
    provider: true,
    versions: ['2018-01-01-preview', '2022-04-01', '2022-05-01-preview'],
  },
  userAssignedIdentities: {
    name: 'userAssignedIdentities',
    provider: true,
    versions: [
      '2018-11-30',
      '2021-09-30-preview',
      '2022-01-31-preview',
      '2023-01-31',
      '2023-07-31-preview',
      '2024-11-30',
      '2025-01-31-preview',
    ],
  },
  federatedIdentityCredentials: {
    name: 'userAssignedIdentities/federatedIdentityCredentials',
    provider: true,
    versions: ['2022-01-31-preview', '2023-01-31', '2023-07-31-preview', '2024-11-30', '2025-01-31-preview'],
  },
};
