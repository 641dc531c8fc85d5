import { credentialNamed } from './credentials.ts';
import { claimsOf, tell, variable } from './outcome.ts';

await tell(async () => {
  const [, credential] = credentialNamed(variable('CREDENTIAL'));
  const answer = await credential.getToken(variable('SCOPE'));
  return { claims: answer ? claimsOf(answer.token) : null };
});
