using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class PullFailuresTests
{
    [Theory]
    [InlineData("manifest for reg.example/org/app:1 not found: manifest unknown: manifest unknown", PullFailure.NotFound)]
    [InlineData("manifest unknown", PullFailure.NotFound)]
    [InlineData("manifest for reg.example/org/app:1 not found", PullFailure.NotFound)]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", PullFailure.NotFound)]
    [InlineData("failed to resolve reference \"reg.example/org/app:1\": reg.example/org/app:1: not found", PullFailure.NotFound)]
    [InlineData("pull access denied for reg.example/org/app, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", PullFailure.Denied)]
    [InlineData("unauthorized: authentication required", PullFailure.Denied)]
    [InlineData("Head \"https://reg.example/v2/org/app/manifests/1\": no basic auth credentials", PullFailure.Denied)]
    [InlineData("denied: Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource", PullFailure.Denied)]
    [InlineData("Get \"http://127.0.0.1:5932/v2/\": dial tcp 127.0.0.1:5932: connect: connection refused", PullFailure.RegistryUnreachable)]
    [InlineData("Get \"https://no-such.invalid/v2/\": dial tcp: lookup no-such.invalid on 10.0.0.1:53: no such host", PullFailure.RegistryUnreachable)]
    [InlineData("Get \"https://reg.example/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", PullFailure.RegistryUnreachable)]
    [InlineData("Get \"https://reg.example/v2/\": x509: certificate signed by unknown authority", PullFailure.RegistryUnreachable)]
    [InlineData("Get \"https://reg.example/v2/\": http: server gave HTTP response to HTTPS client", PullFailure.RegistryUnreachable)]
    [InlineData("received unexpected HTTP status: 502 Bad Gateway", PullFailure.RegistryUnreachable)]
    [InlineData("unexpected EOF", PullFailure.RegistryUnreachable)]
    [InlineData("toomanyrequests: You have reached your unauthenticated pull rate limit.", PullFailure.RateLimited)]
    [InlineData("failed to register layer: write /usr/lib/x: no space left on device", PullFailure.DiskFull)]
    [InlineData("failed to register layer: open /usr/lib/x: permission denied", PullFailure.Other)]
    [InlineData("filesystem layer verification failed for digest sha256:aa", PullFailure.Other)]
    [InlineData(null, PullFailure.Other)]
    public void The_engines_words_tell_the_kind(string? message, PullFailure failure) =>
        PullFailures.Classify(message, new PullRequest("reg.example/org/app", "1")).ShouldBe(failure);

    [Fact]
    public void An_images_own_name_does_not_count() =>
        PullFailures.Classify(
            "manifest for reg.example/unauthorized/toomanyrequests:1 not found: manifest unknown",
            new PullRequest("reg.example/unauthorized/toomanyrequests", "1")).ShouldBe(PullFailure.NotFound);
}
