@call kharden %*
