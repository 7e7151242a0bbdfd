import { Module } from '@nestjs/common';
import { BillClient } from './bill.client.js';
import { CertificatesClient } from './certificates.client.js';
import { ChannelKeys } from './channel.keys.js';
import { CodesClient } from './codes.client.js';
import { Credentials } from './credentials.js';
import { HttpTransport } from './http.js';
import { LinksClient } from './links.client.js';
import { LoginClient } from './login.client.js';
import { MessageClient } from './message.client.js';
import { MiniProgramHttp } from './mini-program.http.js';
import { NotificationReader } from './notification.js';
import { PayClient } from './pay.client.js';
import { PayHttp } from './pay.http.js';
import { PayTransport } from './pay.transport.js';
import { PhoneClient } from './phone.client.js';
import { ShippingClient } from './shipping.client.js';
import { TokenStore } from './token.store.js';

/** Our side of WeChat: login, telephone numbers, payment, what is shipped, codes and links, messages, and what it notifies us of. */
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
    BillClient,
    ShippingClient,
    CodesClient,
    LinksClient,
    MessageClient,
    NotificationReader,
  ],
  exports: [
    LoginClient,
    PhoneClient,
    PayClient,
    BillClient,
    ShippingClient,
    CodesClient,
    LinksClient,
    NotificationReader,
    MessageClient,
  ],
})
export class WechatModule {}
