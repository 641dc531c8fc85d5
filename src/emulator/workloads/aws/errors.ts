import { randomUUID } from 'node:crypto';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** A refusal of the Security Token Service. */
export class StsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'StsError';
    this.status = status;
    this.code = code;
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Elements with text, in their order. */
export function elements(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');
}

function xml(status: number, root: string, content: (requestId: string) => string): Response {
  const requestId = randomUUID();
  const body = `<${root} xmlns="${NAMESPACE}">${content(requestId)}</${root}>`;
  return new Response(body, {
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
  });
}

/** An answer of the query protocol: its result, then the metadata of the response. */
export function stsAnswer(action: string, result: Readonly<Record<string, string>>): Response {
  return xml(
    200,
    `${action}Response`,
    (RequestId) =>
      `<${action}Result>${elements(result)}</${action}Result><ResponseMetadata>${elements({ RequestId })}</ResponseMetadata>`,
  );
}

/** The answer of a refusal. Source: AWS, "STS: Common errors"; smithy.io, AWS query protocol. */
export function stsErrorResponse({ status, code, message }: StsError): Response {
  const Type = status < 500 ? 'Sender' : 'Receiver';
  return xml(
    status,
    'ErrorResponse',
    (RequestId) =>
      `<Error>${elements({ Type, Code: code, Message: message })}</Error>${elements({ RequestId })}`,
  );
}
