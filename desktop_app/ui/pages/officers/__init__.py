"""*Cán bộ công đoàn*: bodies, elections, dossiers and rosters."""
