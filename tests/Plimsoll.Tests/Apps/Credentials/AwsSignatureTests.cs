using System.Globalization;
using Plimsoll.Apps.Credentials;

namespace Plimsoll.Tests.Apps.Credentials;

/// <summary>Compared with the examples that Amazon published for Signature Version 4.</summary>
public sealed class AwsSignatureTests
{
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly DateTimeOffset at = DateTimeOffset.ParseExact("20150830T123600Z", "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [Theory]
    [InlineData("GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void The_simplest_requests_of_the_test_suite_are_signed_as_published(string method, string signature) =>
        new AwsSignature("AKIDEXAMPLE", SecretKey, "us-east-1", "service")
            .Authorize(method, "/", "", new Dictionary<string, string> { ["host"] = "example.amazonaws.com", ["x-amz-date"] = "20150830T123600Z" }, [], at)
            .ShouldBe($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}");

    [Fact]
    public void The_example_of_the_documentation_is_signed_as_published() =>
        new AwsSignature("AKIDEXAMPLE", SecretKey, "us-east-1", "iam")
            .Authorize(
                "GET",
                "/",
                "Action=ListUsers&Version=2010-05-08",
                new Dictionary<string, string>
                {
                    ["x-amz-date"] = AwsSignature.Moment(at),
                    ["host"] = "iam.amazonaws.com",
                    ["content-type"] = "application/x-www-form-urlencoded; charset=utf-8",
                },
                [],
                at)
            .ShouldBe("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");

    [Fact]
    public void It_prints_no_secret() => new AwsSignature("AKIDEXAMPLE", SecretKey, "us-east-1", "ecr").ToString().ShouldBe("access key AKIDEXAMPLE for ecr in us-east-1");
}
