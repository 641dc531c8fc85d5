import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import{l as a}from"./chunk-HSALAEGM.js";import"./chunk-PUJVEWDH.js";import"./chunk-QALJZLSW.js";export{a as explainRefusal};
