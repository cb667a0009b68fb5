"""Names, URLs and ARNs of the local resources, derived from their logical ids."""

REGION = "eu-west-3"
ACCOUNT = "123456789012"
STACK = "facteur-local"


def resource_name(logical_id: str) -> str:
    """The name of a resource, as CloudFormation makes one from the stack's."""
    return f"{STACK}-{logical_id}"


def logical_id(name: str) -> str:
    """The logical id of the resource with this name: the reverse of ``resource_name``."""
    return name.removeprefix(f"{STACK}-")


def bucket_name(logical_id: str) -> str:
    """The name of a bucket, in lower case as S3 requires."""
    return f"{STACK}-{logical_id.lower()}"


def queue_url(logical_id: str) -> str:
    """The URL of a queue, as SQS spells it."""
    return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{STACK}-{logical_id}"


def queue_arn(logical_id: str) -> str:
    """The ARN of a queue."""
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{STACK}-{logical_id}"


def topic_arn(logical_id: str) -> str:
    """The ARN of an SNS topic."""
    return f"arn:aws:sns:{REGION}:{ACCOUNT}:{STACK}-{logical_id}"


def role_arn(logical_id: str) -> str:
    """The ARN of an IAM role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{STACK}-{logical_id}"


def table_arn(logical_id: str) -> str:
    """The ARN of a DynamoDB table."""
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{STACK}-{logical_id}"


def function_arn(logical_id: str) -> str:
    """The ARN of a Lambda function."""
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{STACK}-{logical_id}"
