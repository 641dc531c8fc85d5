import { expect } from 'vitest';
import { scenario } from '../harness/scenario.ts';

scenario('writes a small table of the sign-in to the job summary', async ({ signIn }) => {
  const step = await signIn({ inputs: { tokens: 'arm\ngraph' } });
  expect(
    step.summary.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'),
  ).toBe(`### ✅ Signed in to Microsoft Entra ID

| | |
| --- | --- |
| Client | <code>aaaaaaaa-0000-4000-8000-000000000001</code> |
| Tenant | <code>11111111-1111-4111-8111-111111111111 (AzureCloud)</code> |
| Subject | <code>repo:octo-org/octo-repo:environment:production</code> |
| Issuer | <code>https&#58;//token.actions.githubusercontent.com</code> |
| Audience | <code>api&#58;//AzureADTokenExchange</code> |
| Assertion from | <code>GitHub's ID token endpoint</code> |

| Token | Scope | Expires (UTC) |
| --- | --- | --- |
| <code>arm</code> | <code>https&#58;//management.core.windows.net//.default</code> | <code>TIME</code> |
| <code>graph</code> | <code>https&#58;//graph.microsoft.com/.default</code> | <code>TIME</code> |

`);
});
