/** What a server needs beside the clients: secrets, connections with certificates. Not for browsers. */
export { type TlsFetch, tlsFetch, type TlsOptions } from './core/node-fetch.ts';
export { Redactor, Secret } from './core/secret.ts';
export { type AccessToken, TokenCache, type TokenStore } from './core/token.ts';
