"""What is done to a page, one package a stage: staging, repair, extraction, publish, check, load."""
