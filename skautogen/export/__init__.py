"""What leaves skautogen: networks in formats of others."""
