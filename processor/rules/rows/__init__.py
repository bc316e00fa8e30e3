"""What a row shows of itself and what is wrong with it. It imports `calendar` and `registering`, and no later chapter."""
