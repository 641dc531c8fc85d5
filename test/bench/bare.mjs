// The floor that login is measured against; frozen, so that figures of different days compare: the same two requests
// through the same proxy with the same TLS, one output written, nothing checked and nothing explained.
import { appendFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';

const { env } = process;
const proxy = new URL(env.HTTPS_PROXY);

function tunnel(host) {
  return new Promise((resolve, reject) => {
    const target = `${host}:443`;
    plainRequest({
      host: proxy.hostname,
      port: proxy.port,
      method: 'CONNECT',
      path: target,
      headers: { host: target },
    })
      .once('connect', (_, socket) => resolve(socket))
      .once('error', reject)
      .end();
  });
}

async function send(url, options, body) {
  const socket = await tunnel(url.hostname);
  return new Promise((resolve, reject) => {
    const request = tlsRequest(url, { ...options, socket, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(JSON.parse(text)));
    });
    request.once('error', reject).end(body);
  });
}

const url = new URL(env.ACTIONS_ID_TOKEN_REQUEST_URL);
url.searchParams.set('audience', 'api://AzureADTokenExchange');
const { value } = await send(url, {
  headers: { authorization: `Bearer ${env.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
});
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: env['INPUT_CLIENT-ID'],
  scope: 'https://management.core.windows.net//.default',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: value,
}).toString();
const authority = new URL(`https://login.microsoftonline.com/${env['INPUT_TENANT-ID']}/oauth2/v2.0/token`);
const headers = {
  'content-type': 'application/x-www-form-urlencoded',
  'content-length': Buffer.byteLength(form),
};
const { access_token: token } = await send(authority, { method: 'POST', headers }, form);
appendFileSync(env.GITHUB_OUTPUT, `access-token=${token}\n`);
process.exit(0);
