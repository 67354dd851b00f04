"""What pages of referrals read and choose."""
