"""What a storekeeper, a counter, an approver and a witness do."""
