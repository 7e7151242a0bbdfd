import { Module } from '@nestjs/common';
import { CertificatesClient } from './certificates.client.js';
import { ChannelKeys } from './channel.keys.js';
import { Credentials } from './credentials.js';
import { HttpTransport } from './http.js';
import { LoginClient } from './login.client.js';
import { MiniProgramHttp } from './mini-program.http.js';
import { NotificationReader } from './notification.js';
import { PayClient } from './pay.client.js';
import { PayHttp } from './pay.http.js';
import { PayTransport } from './pay.transport.js';
import { PhoneClient } from './phone.client.js';
import { ShippingClient } from './shipping.client.js';
import { TokenStore } from './token.store.js';

/** Our side of WeChat: login, telephone numbers, payment, what is shipped, and what it notifies us of. */
@Module({
  providers: [
    Credentials,
    HttpTransport,
    PayTransport,
    CertificatesClient,
    ChannelKeys,
    PayHttp,
    MiniProgramHttp,
    TokenStore,
    LoginClient,
    PhoneClient,
    PayClient,
    ShippingClient,
    NotificationReader,
  ],
  exports: [LoginClient, PhoneClient, PayClient, ShippingClient, NotificationReader],
})
export class WechatModule {}
