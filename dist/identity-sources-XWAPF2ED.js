import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-SZLQOONN.js";import"./chunk-TTBRFO3G.js";import"./chunk-ER4HMOCQ.js";import"./chunk-PUJVEWDH.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
