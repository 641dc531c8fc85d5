import{createRequire}from'node:module';const require=createRequire(import.meta.url);
import"./chunk-PUJVEWDH.js";import"./chunk-QALJZLSW.js";
