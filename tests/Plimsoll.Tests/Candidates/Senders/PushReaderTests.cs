using System.Text.Json.Nodes;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Tests.Candidates.Senders;

public sealed class PushReaderTests
{
    private static readonly (string, string) V2 = ("Content-Type", "application/vnd.docker.distribution.events.v1+json");
    private static readonly (string, string) V3 = ("Content-Type", "application/vnd.docker.distribution.events.v2+json; charset=utf-8");
    private static readonly (string, string) Json = ("Content-Type", "application/json");
    private static readonly (string, string)[] GitHub = [Json, ("X-GitHub-Event", "package"), ("X-GitHub-Delivery", "g-1")];
    private static readonly (string, string)[] RegistryPackage = [Json, ("X-GitHub-Event", "registry_package"), ("X-GitHub-Delivery", "g-2")];
    private static readonly (string, string)[] Gitea = [("X-Gitea-Event", "package"), ("X-Gitea-Delivery", "d-1"), ("X-Gogs-Event", "package"), ("X-GitHub-Event", "package"), ("X-GitHub-Delivery", "d-1"), ("X-Hub-Signature-256", "")];
    private static readonly (string, string)[] Forgejo = [.. Gitea, ("X-Forgejo-Event", "package"), ("X-Forgejo-Delivery", "d-2")];

    public static TheoryData<string, string, string, (string, string)[]> Pushes => new()
    {
        { "distribution-v2", SenderKind.Distribution, "192.168.100.227:5000/team/app:1.4.2", [V2] },
        { "distribution-v2", SenderKind.Distribution, "192.168.100.227:5000/team/app:1.4.2", [Json] },
        { "distribution-v3", SenderKind.Distribution, "reg.example.com/team/app:1.4.2", [V3] },
        { "distribution-multi-arch", SenderKind.Distribution, "reg.example.com/team/app:1.4.2", [V2] },
        { "gitlab", SenderKind.GitLab, "registry.gitlab.example/group/sub/app:v7", [V2] },
        { "acr", SenderKind.Azure, "myregistry.azurecr.io/hello-world:v1", [Json] },
        { "docker-hub", SenderKind.DockerHub, "docker.io/svendowideit/testhook:latest", [Json, ("User-Agent", "Go-http-client/1.1")] },
        { "github-registry-package", SenderKind.GitHub, "ghcr.io/codertocat/hello-world:v1.2.0", RegistryPackage },
        { "gitea", SenderKind.Gitea, "git.example.org:3000/acme/shop/web:1.4.2", Gitea },
        { "gitea", SenderKind.Forgejo, "git.example.org:3000/acme/shop/web:1.4.2", Forgejo },
        { "harbor", SenderKind.Harbor, "hub.harbor.com/test-webhook/debian:latest", [Json, ("User-Agent", "Go-http-client/1.1")] },
        { "harbor-cloudevents", SenderKind.Harbor, "harbor.dev/library/busybox:2.0", [("Content-Type", "application/cloudevents+json")] },
        { "quay", SenderKind.Quay, "quay.io/dgangaia/test:latest quay.io/dgangaia/test:v2", [Json] },
        { "quay-map", SenderKind.Quay, "quay.io/devtable/ubuntu:latest", [Json] },
    };

    public static TheoryData<string, string, string, (string, string)[]> NoPushes => new()
    {
        { "acr-delete", SenderKind.Azure, MessageReason.NotAPush, [Json] },
        { "acr-chart", SenderKind.Azure, MessageReason.NotAnImage, [Json] },
        { "github-published-example", SenderKind.GitHub, MessageReason.NoTag, GitHub },
        { "github-npm", SenderKind.GitHub, MessageReason.NotAnImage, GitHub },
        { "github-ping", SenderKind.GitHub, MessageReason.NotAPush, [Json, ("X-GitHub-Event", "ping")] },
        { "harbor-untagged", SenderKind.Harbor, MessageReason.NoTag, [Json] },
        { "harbor-scan", SenderKind.Harbor, MessageReason.NotAPush, [Json] },
        { "quay-build", SenderKind.Quay, MessageReason.NotAPush, [Json] },
    };

    [Theory]
    [MemberData(nameof(Pushes))]
    public void A_push_of_every_sender_is_understood(string sample, string sender, string images, (string, string)[] headers)
    {
        var reading = SampleMessages.Read(sample, headers: headers);
        reading.Sender.ShouldBe(sender);
        reading.Sightings.Select(sighting => sighting.Image.ToString()).ShouldBe(images.Split(' '));
        reading.Refusal.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(NoPushes))]
    public void What_is_no_push_of_a_tag_is_ignored_with_a_reason(string sample, string sender, string reason, (string, string)[] headers)
    {
        var reading = SampleMessages.Read(sample, headers: headers);
        reading.Sender.ShouldBe(sender);
        reading.Sightings.ShouldBeEmpty();
        reading.Foremost!.Code.ShouldBe(reason);
        reading.Foremost.Reason.Length.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Every_sample_is_tried() =>
        Pushes.Select(row => row.Data.Item1).Concat(NoPushes.Select(row => row.Data.Item1)).Distinct().ShouldBe(SampleMessages.Names(), ignoreOrder: true);

    [Fact]
    public void A_digest_is_a_hint_that_is_not_deployed()
    {
        foreach (var (sample, headers) in new[] { ("distribution-v3", new[] { V3 }), ("acr", [Json]), ("github-registry-package", RegistryPackage), ("harbor", [Json]) })
        {
            var sighting = SampleMessages.Read(sample, headers: headers).Sightings.Single();
            sighting.Hint.ToString().ShouldBe(SampleMessages.SomeDigest, sample);
            sighting.Image.Digest.ShouldBeNull(sample);
        }

        foreach (var sample in new[] { "docker-hub", "quay" })
        {
            SampleMessages.Read(sample).Sightings.ShouldAllBe(sighting => sighting.Hint == null);
        }
    }

    [Fact]
    public void Of_a_push_for_several_platforms_only_the_event_with_the_tag_counts_and_it_counts_once()
    {
        var reading = SampleMessages.Read("distribution-multi-arch", headers: V2);
        reading.Sightings.Single().EventId.ShouldBe("e6");
        reading.Ignored.CountBy(one => one.Code).OrderBy(one => one.Key, StringComparer.Ordinal).ShouldBe([new(MessageReason.NoTag, 3), new(MessageReason.NotAPush, 3)]);
    }

    [Theory]
    [InlineData("registry:5000", null, "registry:5000/team/app:1.4.2")]
    [InlineData("registry:5000", "hub.example.org", "hub.example.org/team/app:1.4.2")]
    [InlineData("REG.example.com", null, "reg.example.com/team/app:1.4.2")]
    [InlineData("registry", null, null)]
    [InlineData("registry", "hub.example.org:443", "hub.example.org:443/team/app:1.4.2")]
    [InlineData("evil.example/../x", null, null)]
    [InlineData("user@reg.example.com", null, null)]
    public void The_host_is_the_registrys_own_unless_the_webhook_knows_another(string host, string? knownAs, string? image)
    {
        var reading = SampleMessages.Read("distribution-v2", body => body["events"]![0]!["request"]!["host"] = host, knownAs, V2);
        reading.Sightings.Select(sighting => sighting.Image.ToString()).SingleOrDefault().ShouldBe(image);
        reading.Foremost?.Code.ShouldBe(MessageReason.MessageUnusable);
    }

    [Fact]
    public void Without_the_requests_host_the_address_of_the_manifest_names_it_and_without_both_nobody_does()
    {
        SampleMessages.Read("distribution-v2", body => body["events"]![0]!.AsObject().Remove("request"), headers: V2)
            .Sightings.Single().Image.ToString().ShouldBe("192.168.100.227:5000/team/app:1.4.2");
        SampleMessages.Read("distribution-v2", body => (body["events"]![0]!["request"], body["events"]![0]!["target"]!["url"]) = (null, null), headers: V2)
            .Foremost!.Code.ShouldBe(MessageReason.MessageUnusable);
        SampleMessages.Read("distribution-v2", body => (body["events"]![0]!["request"], body["events"]![0]!["target"]!["url"]) = (null, null), "reg.lan:5000", V2)
            .Sightings.Single().Image.ToString().ShouldBe("reg.lan:5000/team/app:1.4.2");
    }

    [Fact]
    public void Every_native_sender_may_be_known_under_another_host()
    {
        foreach (var row in Pushes)
        {
            SampleMessages.Read(row.Data.Item1, null, "hub.lan:5000", row.Data.Item4).Sightings.ShouldAllBe(sighting => sighting.Image.Registry == "hub.lan:5000");
        }
    }

    [Fact]
    public void More_events_than_anybody_sends_are_not_all_read()
    {
        var reading = SampleMessages.Read("distribution-v2", body =>
        {
            var one = body["events"]![0]!;
            body["events"] = new JsonArray([.. Enumerable.Range(0, 1_000).Select(number =>
            {
                var copy = one.DeepClone();
                copy["target"]!["tag"] = $"v{number}";
                return copy;
            })]);
        }, headers: V2);
        reading.Sightings.Count.ShouldBe(DistributionEvents.MostEvents);
        reading.Ignored.Single().Reason.ShouldContain("1000 events");
    }

    [Theory]
    [InlineData("push")]
    [InlineData("workflow_run")]
    [InlineData("")]
    public void Another_event_of_GitHub_says_what_to_choose(string kind) =>
        SampleMessages.Read("github-registry-package", headers: [Json, ("X-GitHub-Event", kind)]).Foremost!.Reason.ShouldContain("Packages");

    [Fact]
    public void GitHubs_fields_may_be_missing_null_or_empty()
    {
        JsonNode Version(JsonNode body) => body["registry_package"]!["package_version"]!;
        string? ImageOf(Action<JsonNode> change) => SampleMessages.Read("github-registry-package", change, null, RegistryPackage).Sightings.SingleOrDefault()?.Image.ToString();
        const string image = "ghcr.io/codertocat/hello-world:v1.2.0";

        // The tag stands in two places.
        ImageOf(body => Version(body)["container_metadata"] = null).ShouldBe(image);
        ImageOf(body => Version(body)["container_metadata"]!["tag"] = null).ShouldBe(image);
        ImageOf(body => Version(body)["container_metadata"]!["tag"]!["name"] = "").ShouldBe(image);
        ImageOf(body => Version(body)["container_metadata"]!["manifest"] = "").ShouldBe(image);
        ImageOf(body => Version(body)["package_url"] = "ghcr.io/Codertocat/hello-world:").ShouldBe(image);
        // So does the name.
        ImageOf(body => Version(body).AsObject().Remove("package_url")).ShouldBe(image);
        ImageOf(body => Version(body)["package_url"] = "https://ghcr.io/Codertocat/hello-world:v1.2.0").ShouldBe(image);
        // What the type says is only asked where nothing else tells.
        ImageOf(body => body["registry_package"]!["package_type"] = "npm").ShouldBe(image);
        ImageOf(body => (body["registry_package"]!["package_type"], Version(body)["container_metadata"]) = ("docker", null)).ShouldBe(image);
        ImageOf(body => (body["registry_package"]!["package_type"], Version(body)["container_metadata"]) = ("npm", null)).ShouldBeNull();

        ImageOf(body => (Version(body)["package_url"], Version(body)["container_metadata"]!["tag"]!["name"]) = ("ghcr.io/Codertocat/hello-world:", "")).ShouldBeNull();
        ImageOf(body => body["action"] = "deleted").ShouldBeNull();
        ImageOf(body => body["action"] = "updated").ShouldBe(image);
        ImageOf(body => body["registry_package"] = null).ShouldBeNull();
        ImageOf(body => body["registry_package"] = "").ShouldBeNull();
    }

    [Fact]
    public void The_id_of_the_delivery_is_the_senders()
    {
        SampleMessages.Read("github-registry-package", headers: RegistryPackage).DeliveryId.ShouldBe("g-2");
        SampleMessages.Read("gitea", headers: Gitea).DeliveryId.ShouldBe("d-1");
        SampleMessages.Read("gitea", headers: Forgejo).DeliveryId.ShouldBe("d-2");
        SampleMessages.Read("harbor-cloudevents").DeliveryId.ShouldBe("66a9f6b7-6a9f-4fd4-a9e7-3e2b9f4dbd8a");
        SampleMessages.Read("acr").Sightings.Single().EventId.ShouldBe("cb8c3971-9adc-488b-xxxx-43cbb4974ff5");
        SampleMessages.Read("docker-hub").DeliveryId.ShouldBeNull();
    }

    [Theory]
    [InlineData("version", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", MessageReason.NoTag)]
    [InlineData("type", "npm", MessageReason.NotAnImage)]
    [InlineData("html_url", "", MessageReason.MessageUnusable)]
    [InlineData("html_url", "javascript:alert(1)", MessageReason.MessageUnusable)]
    [InlineData("name", "../../etc", MessageReason.MessageUnusable)]
    public void Giteas_message_has_its_traps(string field, string value, string reason) =>
        SampleMessages.Read("gitea", body => body["package"]![field] = value, headers: Gitea).Foremost!.Code.ShouldBe(reason);

    [Fact]
    public void A_test_message_of_Gitea_and_a_deletion_are_ignored_and_told_apart()
    {
        SampleMessages.Read("gitea", body => body["action"] = "deleted", headers: Gitea).Foremost!.Reason.ShouldContain("deleted");
        SampleMessages.Read("gitea", headers: [("X-Gitea-Event", ""), ("X-GitHub-Event", "")]).Foremost!.Reason.ShouldContain("can be reached");
        SampleMessages.Read("gitea", headers: [("X-Gitea-Event", "push"), ("X-GitHub-Event", "package")]).Foremost!.Reason.ShouldContain("Choose the event 'Package'");
    }

    [Fact]
    public void Docker_Hubs_times_and_names_come_in_several_forms()
    {
        foreach (var change in new Action<JsonNode>[]
        {
            body => body["push_data"]!["pushed_at"] = 1417566161.5,
            body => body["push_data"]!["images"] = new JsonArray("a", "b"),
            body => body.AsObject().Remove("callback_url"),
            body => body["repository"]!.AsObject().Remove("repo_name"),
        })
        {
            SampleMessages.Read("docker-hub", change).Sightings.Single().Image.ToString().ShouldBe("docker.io/svendowideit/testhook:latest");
        }

        SampleMessages.Read("docker-hub", body => body["repository"]!["repo_name"] = "nginx").Sightings.Single().Image.ToString().ShouldBe("docker.io/library/nginx:latest");
        SampleMessages.Read("docker-hub", body => body["push_data"]!["tag"] = null).Foremost!.Code.ShouldBe(MessageReason.NoTag);
    }

    [Fact]
    public void Quays_tags_may_be_one_text_and_a_template_may_leave_the_address_out()
    {
        SampleMessages.Read("quay", body => body["updated_tags"] = "v9").Sightings.Single().Image.Tag.ShouldBe("v9");
        SampleMessages.Read("quay", body => body.AsObject().Remove("docker_url")).Sightings.Select(sighting => sighting.Image.Name).Distinct().ShouldBe(["quay.io/dgangaia/test"]);
        SampleMessages.Read("quay", body => body["updated_tags"] = new JsonArray()).Foremost!.Code.ShouldBe(MessageReason.NoTag);
        SampleMessages.Read("quay", body => body["updated_tags"] = new JsonArray(1, null, "v1")).Sightings.Single().Image.Tag.ShouldBe("v1");
    }

    [Fact]
    public void Gitlabs_ordinary_webhooks_are_told_from_its_registrys_notifications() =>
        SampleMessages.Read("quay", headers: [Json, ("X-Gitlab-Event", "Push Hook")]).Foremost!.Reason.ShouldContain("container registry");

    [Theory]
    [InlineData("X-GitHub-Event", "package", SenderKind.GitHub)]
    [InlineData("X-Gitea-Event", "package", SenderKind.Gitea)]
    [InlineData("Content-Type", "application/vnd.docker.distribution.events.v1+json", SenderKind.Distribution)]
    public void A_known_senders_broken_message_is_ignored_so_that_it_is_not_sent_for_ever(string header, string value, string sender)
    {
        foreach (var json in new[] { "", "{", "[]", "null", "7", "{\"events\":7}", "{\"events\":[7,null,{}]}", "{\"\\ud800\":1}", new string('[', 100_000) })
        {
            var reading = PushReader.Read(SampleMessages.Message(json, (header, value)));
            reading.Sender.ShouldBe(sender);
            reading.Refusal.ShouldBeNull();
            reading.Foremost.ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_large_message_is_read_if_its_sender_is_known()
    {
        var padding = new string('x', PushReader.LargestSimpleBody);
        SampleMessages.Read("distribution-v2", body => body["padding"] = padding, headers: V2).Sightings.Count.ShouldBe(1);
        PushReader.Read(SampleMessages.Message($$"""{"image":"{{padding}}"}""")).Refusal!.Code.ShouldBe(AnswerCode.TooLarge);
    }

    [Fact]
    public void What_stands_in_the_place_of_a_text_is_never_followed()
    {
        foreach (var (sample, headers) in new[] { ("distribution-v2", new[] { V2 }), ("docker-hub", [Json]), ("github-registry-package", RegistryPackage), ("gitea", Gitea), ("harbor", [Json]), ("quay", [Json]) })
        {
            foreach (var replacement in new JsonNode?[] { null, 1, true, "", new JsonArray(), new JsonObject(), "\u0000", new string('a', 5_000), "../..", "$(reboot)" })
            {
                foreach (var path in Paths(JsonNode.Parse(SampleMessages.Text(sample))!))
                {
                    var reading = SampleMessages.Read(sample, body => Put(body, path, replacement?.DeepClone()), null, headers);
                    (reading.Sightings.Count > 0 || reading.Ignored.Count > 0 || reading.Refusal is not null).ShouldBeTrue($"{sample} {string.Join('/', path)}");
                }
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => Below(field.Key, field.Value)),
        JsonArray items => items.SelectMany((item, index) => Below(index, item)),
        _ => [],
    };

    private static IEnumerable<object[]> Below(object key, JsonNode? value) => (value is null ? [] : Paths(value)).Select(rest => (object[])[key, .. rest]).Prepend([key]);

    private static void Put(JsonNode body, object[] path, JsonNode? value)
    {
        var place = path[..^1].Aggregate(body, (node, key) => key is int index ? node[index]! : node[(string)key]!);
        if (path[^1] is int last)
        {
            place[last] = value;
        }
        else
        {
            place[(string)path[^1]] = value;
        }
    }
}
