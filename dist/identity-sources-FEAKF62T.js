import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{a,b}from"./chunk-TDKK7SLE.js";import"./chunk-XJQA6TS3.js";import"./chunk-ER4HMOCQ.js";import"./chunk-55FOQNLB.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
