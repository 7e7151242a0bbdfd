/** How the object storage of an emulator is reached. */

/**
 * What the shop is told of it.
 *
 * @param {string} emulatorUrl
 * @param {string} bucket
 */
export function storageAt(emulatorUrl, bucket) {
  const endpoint = `${emulatorUrl}/storage`;
  return { S3_ENDPOINT: endpoint, S3_PUBLIC_URL: `${endpoint}/${bucket}`, S3_PATH_STYLE: 'yes' };
}
