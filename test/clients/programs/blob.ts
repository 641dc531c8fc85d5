import { DefaultAzureCredential, type TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { claimsOf, tell, variable } from './outcome.ts';

/** The token that the workflow handed over; without one, the session that the action left. */
function credential(): TokenCredential {
  const token = process.env['STORAGE_TOKEN'];
  if (!token) return new DefaultAzureCredential();
  const expiresOnTimestamp = Number(claimsOf(token)['exp']) * 1000;
  return { getToken: async () => ({ token, expiresOnTimestamp }) };
}

await tell(async () => {
  const service = new BlobServiceClient(variable('BLOB_SERVICE'), credential());
  const container = service.getContainerClient(variable('CONTAINER'));
  await container.create();
  const blob = container.getBlockBlobClient('greeting.txt');
  await blob.uploadData(Buffer.from(variable('GREETING')));
  return { read: String(await blob.downloadToBuffer()) };
});
