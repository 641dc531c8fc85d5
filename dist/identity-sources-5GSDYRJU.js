import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{b as a,c as b}from"./chunk-VLJPBXG5.js";import"./chunk-ER4HMOCQ.js";import"./chunk-FOO5SFAI.js";import"./chunk-GJEQKZ3I.js";import"./chunk-QALJZLSW.js";export{a as openIdentitySource,b as openMachine};
