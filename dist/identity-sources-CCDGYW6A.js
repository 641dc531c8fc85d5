import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-NSFIAH7C.js";import"./chunk-ER4HMOCQ.js";import"./chunk-OJWT2UHO.js";import"./chunk-A4DAMEDV.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
