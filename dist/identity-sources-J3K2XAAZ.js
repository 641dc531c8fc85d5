import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-PYU6SAHX.js";import"./chunk-ER4HMOCQ.js";import"./chunk-BXTQBGZV.js";import"./chunk-CPN3NR3F.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
