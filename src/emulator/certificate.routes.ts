import type { FastifyInstance } from 'fastify';
import { rfc3339 } from './clock.js';
import { sealed } from './crypto.js';
import { payErrors } from './errors.js';
import type { Misbehaviour } from './misbehaviour.js';
import type { World } from './world.js';

/** The platform certificates of a merchant who has any, each sealed under the API v3 key. */
export function certificateRoutes(
  server: FastifyInstance,
  { settings, payKeys, certificates }: World,
  misbehaviour: Misbehaviour,
): void {
  server.get('/certificates', misbehaviour.of('certificates'), () => {
    if (!payKeys.hasCertificates) throw payErrors.unknownResource('无可用的平台证书，请使用微信支付公钥');
    const data = certificates.valid().map(({ serialNo, effectiveAtMs, expiresAtMs, certificatePem }) => {
      const { algorithm, nonce, associated_data, ciphertext } = sealed(
        settings.apiV3Key,
        'certificate',
        certificatePem,
      );
      return {
        serial_no: serialNo,
        effective_time: rfc3339(effectiveAtMs),
        expire_time: rfc3339(expiresAtMs),
        encrypt_certificate: { algorithm, nonce, associated_data, ciphertext },
      };
    });
    return { data };
  });
}
