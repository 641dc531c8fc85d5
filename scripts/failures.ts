import type { FailureCode } from '../src/report/failure.ts';

/** A code of our own: those of Entra are in the catalogue. */
export type OwnCode = Exclude<FailureCode, `AADSTS${number}`>;

/** What the document says of a failure, beside what the step itself prints. */
export interface Explained {
  /** What the step prints after the code, `…` for what varies. A test looks for each in the sources. */
  readonly texts: readonly string[];
  readonly meaning: string;
  readonly remedy: string;
}

/** The failures of our own under the headings of the document. A code without a row is an error of types. */
export const FAILURES: Readonly<Record<OwnCode, Explained>> = {
  'input-invalid': {
    texts: [
      'input `…` is empty.',
      'input `…` is neither a GUID nor a domain (…).',
      'input `…` has an unknown value (…).',
      'input `sessions` names `az`, and there is no az on PATH.',
    ],
    meaning:
      'An input cannot be meant as it is written. The value is not shown, for it may be a secret: only its length and kinds of characters.',
    remedy:
      'Correct the input that is named. Where it is empty, the secret or variable did not reach this run: a pull request from a fork, a run of Dependabot, a missing `environment:` on the job, `vars` and `secrets` confused, or a reusable workflow whose caller does not pass it on.',
  },
  'runner-incomplete': {
    texts: ['the runner gave this step no usable ….'],
    meaning:
      'One of GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE and RUNNER_TEMP is missing. Without them tokens would go to the log.',
    remedy: 'Update the runner, or find out which step unset the variable.',
  },
  'tls-verification-off': {
    texts: [
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the verification of certificates, so nothing was sent.',
    ],
    meaning: 'Anybody between the runner and GitHub or Entra could have taken the token.',
    remedy:
      'Remove the variable. For a proxy that opens TLS, name its CA in `NODE_EXTRA_CA_CERTS` ([runners](runners.md#proxies)).',
  },
  'proxy-unusable': {
    texts: ['the proxy in … cannot be used: …; nothing was sent.'],
    meaning: 'The variable does not hold the URL of a proxy. The action does not go round it.',
    remedy:
      'Write it as `http://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`, with special characters as `%40` ([runners](runners.md#proxies)).',
  },
  'proxy-refused': {
    texts: ['the proxy does not let this runner reach …: ….'],
    meaning: 'The proxy answered, and refused: with 407 it wants a login, else it forbids the host.',
    remedy: 'Put the login into `HTTPS_PROXY`, or have the host allowed at port 443.',
  },
  'not-in-actions': {
    texts: ['this is not a GitHub Actions job, and only there does GitHub issue ID tokens.'],
    meaning: 'GITHUB_ACTIONS is not `true` in this environment.',
    remedy: 'Run the action as a step of a workflow. On a laptop, use the command line.',
  },
  'fork-pull-request': {
    texts: ['this run was started by a pull request from a fork, to which GitHub gives no ID token.'],
    meaning: 'The permissions of such runs are capped at read. No setting of the workflow changes that.',
    remedy:
      "Skip the job for forks, or sign in after the merge, on `push`. Do not move to `pull_request_target` to run the fork's code with your identity.",
  },
  'dependabot-run': {
    texts: [
      'this run was started by Dependabot, whose runs have read-only permissions unless the workflow asks for more.',
    ],
    meaning: 'The two variables with which an ID token is asked for are not there.',
    remedy:
      'Grant `id-token: write` on the job explicitly, or skip the job for Dependabot. Ids kept as secrets must be Dependabot secrets too.',
  },
  'id-token-permission': {
    texts: ['this job has no permission to ask GitHub for an ID token (`id-token: write` was not granted).'],
    meaning:
      'A `permissions` block drops every scope that it does not list, and a block on the job replaces that of the workflow.',
    remedy:
      'Write `id-token: write` under `permissions` on the job; in a reusable workflow, on the job of the caller too. On GitHub Enterprise Server, OpenID Connect must be set up.',
  },
  'id-token-url-refused': {
    texts: [
      "the URL to ask for ID tokens does not point to this job's GitHub, so the request token was not sent.",
    ],
    meaning:
      'ACTIONS_ID_TOKEN_REQUEST_URL was changed after the runner had set it: by an earlier step, or by the machine.',
    remedy: 'Find out by which. It is a sign of an attack, or of a tool that plays GitHub.',
  },
  'id-token-request-unusable': {
    texts: [
      'the token to ask GitHub for ID tokens with holds a line end or another character that no token has, so nothing was sent.',
    ],
    meaning:
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN was changed after the runner had set it. It cannot be sent as it is, and is not shown.',
    remedy: 'Find out what writes it anew, and have it written without a line end behind it.',
  },
  'id-token-refused': {
    texts: ['GitHub refused to issue an ID token: its endpoint answered ….'],
    meaning: 'The endpoint that issues ID tokens refused for good.',
    remedy: 'The status says why; the step prints what helps with it.',
  },
  'id-token-unavailable': {
    texts: [
      'GitHub did not issue an ID token: its endpoint answered … to the last.',
      'GitHub answered without an ID token: ….',
      '… could not be reached: ….',
      '… did not give what it was asked for: ….',
    ],
    meaning: 'No answer came within `timeout`, or only ones that pass by themselves. Nothing was refused.',
    remedy:
      'Run the job again, or raise `timeout`. On your own runner look at firewall, DNS and proxy. https://www.githubstatus.com tells of outages.',
  },
  'id-token-malformed': {
    texts: ['what GitHub issued as ID token is not a JSON Web Token.'],
    meaning: 'Something between the runner and GitHub answers in its place.',
    remedy: 'Exempt the hosts of GitHub from what rewrites traffic.',
  },
  'token-file-unusable': {
    texts: ['the token file … of `identity-source` cannot be used: ….'],
    meaning:
      'There is no such file, it cannot be read, everybody may write to it, or it does not hold exactly one JSON Web Token.',
    remedy: 'See [identity sources](identity-sources.md#filepath) for what the file must be.',
  },
  'token-file-expired': {
    texts: ['the token in … expired at …, so it was not presented.'],
    meaning: 'Whoever writes the file has not renewed it, or the clock of the machine is wrong.',
    remedy: 'Look at what renews the file; in Kubernetes, mount the volume that the kubelet renews.',
  },
  'google-unreachable': {
    texts: [
      'no metadata server of Google Cloud answers at …: ….',
      "what answers in the place of Google Cloud's metadata server is not that server.",
      'GCE_METADATA_HOST names a host that is no metadata server, so nothing was sent.',
    ],
    meaning: 'The machine is not on Google Cloud, or its metadata server is out of reach.',
    remedy: 'Run on Google Cloud, choose another `identity-source`, or unset GCE_METADATA_HOST.',
  },
  'google-refused': {
    texts: ["Google Cloud's metadata server gave no ID token: it answered …."],
    meaning: 'The machine has no service account, or the pod may not use it.',
    remedy: 'Attach a service account; on GKE bind `roles/iam.workloadIdentityUser`.',
  },
  'aws-no-region': {
    texts: [
      'no AWS region is set, and the Security Token Service is asked in one.',
      'AWS_REGION is not the name of an AWS region, so nothing was sent.',
    ],
    meaning: 'The token can only be asked for at an endpoint of a region.',
    remedy: 'Set `AWS_REGION` on the job.',
  },
  'aws-no-credentials': {
    texts: ['no AWS credentials were found, with which to ask AWS for a token.'],
    meaning: 'Neither variables nor the machine, task or pod have a role of AWS.',
    remedy:
      'Run on AWS, or sign in to AWS in a step before this one. In a container on EC2 set the hop limit of the instance to 2.',
  },
  'aws-endpoint-refused': {
    texts: [
      'this step was told to ask for AWS tokens at a host that is not one of AWS, so nothing was sent.',
    ],
    meaning:
      'AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_STS or a profile of AWS names a host that is neither an endpoint of the Security Token Service nor a VPC endpoint of it, or is not https.',
    remedy: 'Find out which earlier step or image sets it, and take it away from this step.',
  },
  'aws-unreachable': {
    texts: ['… could not be reached: ….'],
    meaning: "The Security Token Service of AWS, in the job's region, did not answer.",
    remedy: 'Look at firewall, DNS and proxy, and at whether the region is enabled for the account.',
  },
  'aws-refused': {
    texts: ['AWS gave no token for this workload (…): ….'],
    meaning: 'AWS refused; the code in brackets is its own.',
    remedy:
      '`OutboundWebIdentityFederationDisabled`: switch it on for the account. `AccessDenied`: allow `sts:GetWebIdentityToken` for this audience, for 3600 seconds. `ExpiredToken` and its like: sign in to AWS anew.',
  },
  'identity-unreachable': {
    texts: [
      '… cannot be reached at …: ….',
      "what answers at … is not Azure's instance metadata service (…).",
    ],
    meaning: 'The machine is not on Azure, or its metadata service is out of reach.',
    remedy:
      'Run on Azure, or choose another `identity-source`. From a container see [runners](runners.md#containers).',
  },
  'identity-not-assigned': {
    texts: [
      'this machine has no managed identity.',
      'the managed identity … is not assigned to this machine.',
      'a machine of Azure Arc has its system-assigned identity only, and … was asked for.',
    ],
    meaning: 'The machine cannot sign in as the identity that was asked for.',
    remedy:
      'Assign it (`az vm identity assign`), or correct the id: client id, object id and resource id are written differently.',
  },
  'identity-ambiguous': {
    texts: [
      'the machine has several user-assigned managed identities and no system-assigned one, and `identity-source` names none of them.',
    ],
    meaning: 'The machine does not choose.',
    remedy: 'Name the client id: `identity-source: direct-managed-identity:CLIENT_ID`.',
  },
  'identity-refused': {
    texts: [
      '… gave no token: it answered ….',
      'the managed identity endpoint in IDENTITY_ENDPOINT does not accept IDENTITY_HEADER.',
      'the agent of Azure Arc asked for the key that it keeps on disk, and this user could not read it.',
    ],
    meaning: 'The machine has identities, and did not give a token for this one.',
    remedy:
      'The step prints what the machine said. On Azure Arc the user of the runner must be in the group `himds`.',
  },
  'identity-other': {
    texts: [
      'the managed identity of this machine has another … than the input says, so its token was dropped.',
    ],
    meaning: 'With `direct-managed-identity`, `client-id` or `tenant-id` is not that of the machine.',
    remedy: 'Correct the input, or name the identity in `identity-source`.',
  },
  'cloud-unreachable': {
    texts: [
      'Resource Manager at … did not tell where the services of its cloud are: it answered ….',
      '… could not be reached: ….',
    ],
    meaning: 'The URL in `cloud` is asked for the hosts of its cloud, and gave no usable answer.',
    remedy:
      'Check the URL: it is that of Resource Manager, not of the portal. On your own runner look at firewall, DNS, proxy and CA.',
  },
  'cloud-unusable': {
    texts: ['what Resource Manager at … says of its cloud cannot be used: ….'],
    meaning:
      "What it says is incomplete, or names what belongs to one of Microsoft's own clouds, which another cloud must not be given tokens for.",
    remedy: 'Check the URL: it is the one that `az cloud register` takes.',
  },
  'cloud-without-federation': {
    texts: ['the cloud at … signs in by AD FS (…), which has no federated credentials, so nothing was sent.'],
    meaning: 'An Azure Stack Hub that is connected to AD FS instead of Entra ID.',
    remedy: 'Sign in by a certificate there: `az login --service-principal --certificate`.',
  },
  'guard-tenant': {
    texts: [
      'the tenant … is not among `allowed-tenants`, ….',
      'the tenant of the token could not be read, so whether … is one of `allowed-tenants` is not known, ….',
    ],
    meaning: 'A guard of this workflow stopped the sign-in.',
    remedy: 'Sign in to an allowed tenant, or allow this one in the form in which `tenant-id` gives it.',
  },
  'guard-client': {
    texts: ['the client … is not among `allowed-clients`, ….'],
    meaning: 'A guard of this workflow stopped the sign-in.',
    remedy: 'Sign in as an allowed client, or allow this one.',
  },
  'guard-claim': {
    texts: ['the ID token does not meet `require-claims`: …; nothing was sent to Entra.'],
    meaning: 'The run is not one that the step is meant for.',
    remedy: 'The claim and its value are printed. A claim that is absent fails every form.',
  },
  'entra-refused': {
    texts: [
      "the answer in Entra's place was … with …, which is not the form of an Entra refusal.",
      'Entra refused with a code that is unknown to this action: ….',
    ],
    meaning: 'Something else answered in the place of Entra, or Entra refused without a code.',
    remedy:
      'A proxy or gateway is the usual culprit. The sign-in log of the tenant shows the attempt under the correlation id, if it came there.',
  },
  'entra-unavailable': {
    texts: ['Entra did not issue a token: the last answer was … with ….', '… could not be reached: ….'],
    meaning: 'No answer came within `timeout`, or only ones that pass by themselves. Nothing was refused.',
    remedy: 'Run the job again, or raise `timeout`. On your own runner look at firewall, DNS and proxy.',
  },
  'tls-untrusted': {
    texts: ['the certificate presented for … (…) is not trusted, so nothing was sent.'],
    meaning:
      'A GitHub Enterprise Server with a CA of its own, or a proxy that opens TLS. Otherwise somebody stands in between.',
    remedy:
      'Name the CA in `NODE_EXTRA_CA_CERTS`, as the path of a PEM file ([runners](runners.md#proxies)).',
  },
  'directory-unavailable': {
    texts: ['the answer was ….', '… could not be reached: ….'],
    meaning:
      'Microsoft Graph, Resource Manager or GitHub did not answer. In a validation this becomes "not known" and the run goes on.',
    remedy: 'Run it again; look at firewall and proxy.',
  },
  'subscriptions-unavailable': {
    texts: ['signed in, but the subscriptions could not be read for the session of az: …'],
    meaning: 'The session of az needs them; `sessions` names az, so the step fails rather than leave it out.',
    remedy: 'Run the job again, or leave `az` out of `sessions`.',
  },
  'subscription-not-visible': {
    texts: [
      'signed in, but the subscription … is not visible: … has no role in it, or `subscription-id` names another one than was meant.',
    ],
    meaning:
      'Authentication passed, authorisation did not: the identity has no role in that subscription, or the id is that of another one.',
    remedy:
      'Assign the printed role. One that was just assigned takes up to ten minutes: `wait-for-trust` waits for it.',
  },
  'az-login-failed': {
    texts: ['signed in, but `az …` …; nothing was exported.'],
    meaning:
      'This az keeps its session in a form that the action does not write itself, so az was started once, and failed.',
    remedy:
      'Run the job again, update az, use `keep-alive: true`, or leave `az` out of `sessions`. What az said is printed.',
  },
  'endpoint-foreign': {
    texts: [
      '… is set in this job to a managed identity that is not of this action, and `keep-alive` would take its place for all later steps.',
    ],
    meaning: 'The machine, or another action, has a managed identity that later steps may count on.',
    remedy:
      '`keep-alive: override`, if that is meant; or `sessions: none`, which gives the endpoint as outputs only.',
  },
  'endpoint-failed': {
    texts: [
      'signed in, but the process for `keep-alive` was not ready in time, or ended; nothing was exported.',
    ],
    meaning: 'Something keeps a step from starting a process, or from listening on 127.0.0.1.',
    remedy: 'Run the job again, or do without `keep-alive`. The last lines of its log are printed.',
  },
  'export-failed': {
    texts: ['… (…); nothing was exported.', 'the report could not be written (…).'],
    meaning:
      "A file of the runner, of a session or of a report could not be written; the system's code says why.",
    remedy:
      'Look at the disk of the runner, at RUNNER_TEMP, and at the paths in `report-file` and `sarif-file`.',
  },
  internal: {
    texts: ['this action met an error that it did not foresee (…).'],
    meaning:
      'A defect of the action. The message of the error is kept back, because it may hold anything; places in the code are printed.',
    remedy: 'Please report it with the printed lines.',
  },
};
