"""What answers boto3 in place of AWS: DynamoDB and S3 on moto, the other services our own.

Functions reach it through boto3; ``functions`` polls its queues and fires its schedules, and
``web`` serves the presigned links and forms of its S3.
"""
