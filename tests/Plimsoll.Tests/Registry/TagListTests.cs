using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class TagListTests
{
    [Fact]
    public async Task Pages_are_followed_by_relative_and_absolute_links_until_there_is_none()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            var last = context.Request.Query["last"].ToString();
            context.Response.Headers.Link = last switch
            {
                "" => "</v2/team/app/tags/list?n=2&last=b>; rel=\"next\"",
                "b" => $"<http://{context.Request.Host}/v2/team/app/tags/list?n=2&last=c>; rel=next",
                "c" => "<list?last=d>; rel=\"next\"",
                _ => default(string),
            };
            return context.Json(last switch
            {
                "" => """{"name":"team/app","tags":["a","b"]}""",
                "b" => """{"name":"team/app","tags":["c"]}""",
                "c" => """{"name":"team/app","tags":null}""",
                _ => """{"name":"team/app","tags":["e"]}""",
            });
        });
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBe(["a", "b", "c", "e"]);
        registry.Lines[0].ShouldBe("GET /v2/team/app/tags/list?n=1000");
        registry.Lines[3].ShouldBe("GET /v2/team/app/tags/list?last=d");
    }

    [Theory]
    [InlineData("""{"tags":null}""")]
    [InlineData("""{"tags":[]}""")]
    [InlineData("""{"name":"x"}""")]
    public async Task No_tags_is_an_empty_list(string body)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Json(body));
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_that_ignores_the_page_size_is_read_whole()
    {
        var tags = Enumerable.Range(0, 5000).Select(number => $"v{number}").ToList();
        await using var registry = await RegistryDouble.StartAsync(context => context.Json($$"""{"tags":["{{string.Join("\",\"", tags)}}"]}"""));
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBe(tags);
    }

    [Fact]
    public async Task A_registry_that_refuses_the_page_size_is_asked_without()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.QueryString.HasValue
            ? context.Json("""{"errors":[{"code":"PAGINATION_NUMBER_INVALID","message":"invalid number of results requested"}]}""", 400)
            : context.Json("""{"tags":["a"]}"""));
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("<http://169.254.169.254/v2/team/app/tags/list>; rel=\"next\"")]
    [InlineData("<https://{host}/v2/team/app/tags/list?last=a>; rel=\"next\"")]
    [InlineData("<//elsewhere.example.com/v2/>; rel=\"next\"")]
    [InlineData("<http://user:pass@{host}/v2/team/app/tags/list?last=a>; rel=\"next\"")]
    [InlineData("<file:///etc/passwd>; rel=\"next\"")]
    public async Task A_next_page_at_another_place_is_refused(string link)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.Link = link.Replace("{host}", context.Request.Host.Value, StringComparison.Ordinal);
            return context.Json("""{"tags":["a"]}""");
        });
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/http://192.0.2.1/x")]
    [InlineData("/.//192.0.2.1/x")]
    [InlineData("/%2F/192.0.2.1/x")]
    public async Task A_next_page_that_only_looks_like_another_place_is_asked_of_the_registry(string link)
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.Link = context.Request.Path.Value!.Contains("192", StringComparison.Ordinal) ? default(string) : $"<{link}>; rel=\"next\"";
            return context.Json("""{"tags":["a"]}""");
        });
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBe(["a", "a"]);
        registry.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_ends_the_list()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.Link = "</v2/team/app/tags/list?last=a>; rel=\"next\"";
            return context.Json("""{"tags":["a"]}""");
        });
        await using var client = Clients.New();
        (await Fails(client, registry)).Message.ShouldContain("names itself");
        registry.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_without_end_are_cut_off_after_the_tags_so_far()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.Link = $"</v2/team/app/tags/list?last={Guid.NewGuid()}>; rel=\"next\"";
            return context.Json("""{"tags":["a"]}""");
        });
        await using var client = Clients.New(new RegistryClientOptions { MaxTagPages = 5 });
        var seen = new List<string>();
        var failure = await Should.ThrowAsync<RegistryException>(async () =>
        {
            await foreach (var tag in client.ListTagsAsync(registry.Image(), null, Clients.Cancel))
            {
                seen.Add(tag);
            }
        });
        failure.Failure.ShouldBe(RegistryFailure.TooLarge);
        failure.Subject.ShouldBe($"{registry.Host}/team/app");
        (seen.Count, registry.Requests.Count).ShouldBe((5, 5));
    }

    [Fact]
    public async Task Too_many_tags_are_an_error_and_not_a_shorter_list()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Json("""{"tags":["a","b","c"]}"""));
        await using var client = Clients.New(new RegistryClientOptions { MaxTags = 2 });
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.TooLarge);
        await using var larger = Clients.New(new RegistryClientOptions { MaxTags = 3 });
        (await List(larger, registry)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_could_not_stand_in_a_reference_is_left_out()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Json("""{"tags":["ok",null,5,"","../x","a b","line\nbreak","\ud800","<script>",["x"],"fine-1.0"]}"""));
        await using var client = Clients.New();
        (await List(client, registry)).ShouldBe(["ok", "fine-1.0"]);
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("[\"a\"]")]
    [InlineData("")]
    [InlineData("{\"tags\":[\"a\"")]
    public async Task What_is_no_list_is_a_bad_answer_and_not_an_empty_one(string body)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Json(body));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task The_registrys_own_words_are_in_the_error()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Json("""{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known\u001b[31m to registry.","detail":{"name":"team/app"}}]}""", 404));
        await using var client = Clients.New();
        var failure = await Fails(client, registry);
        failure.Failure.ShouldBe(RegistryFailure.NotFound);
        failure.Message.ShouldEndWith("It said: repository name not known [31m to registry.");
    }

    private static Task<List<string>> List(RegistryClient client, RegistryDouble registry) =>
        client.ListTagsAsync(registry.Image(), null, Clients.Cancel).ToListAsync();

    private static Task<RegistryException> Fails(RegistryClient client, RegistryDouble registry) =>
        Should.ThrowAsync<RegistryException>(() => List(client, registry));
}
