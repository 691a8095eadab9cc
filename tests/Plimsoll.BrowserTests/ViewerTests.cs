using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plimsoll.BrowserTests.Support;
using Plimsoll.EngineTests.Api;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests;

/// <summary>Somebody who may look sees everything and changes nothing, neither on the pages nor past them.</summary>
public sealed partial class ViewerTests(EngineWorld world, Chromium chromium)
{
    private const string Password = "only here to look at it";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_viewer_finds_no_button_that_changes_anything_and_the_api_refuses_each_change()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "looked-at", "v1", Token);
        await plimsoll.AddProjectAsync("looked-at", image.Repository, Token);
        var id = (string)(await plimsoll.PushAsync(image, Token))["deployId"]!;
        await plimsoll.Api.PostDataAsync("users", new { name = "vera", role = "viewer", password = Password }, Token);
        await using var vera = await chromium.MeetAsync(plimsoll.Address);
        await vera.ArriveAsync("vera", Password);

        foreach (var path in new[] { "/", "/projects/looked-at", $"/deployments/{id}", "/activity", "/settings" })
        {
            await vera.GoToAsync(path);
            await vera.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
            var buttons = await vera.Main.GetByRole(AriaRole.Button).AllInnerTextsAsync();
            buttons.Where(text => Change().IsMatch(text)).ShouldBeEmpty($"on {path}");
        }

        using var herself = plimsoll.Nobody();
        herself.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"vera:{Password}")));
        foreach (var change in await ChangesOfTheApiAsync(herself))
        {
            using var answer = await herself.SendAsync(change, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, change.Name);
        }

        vera.ShouldHaveNoComplaint();
    }

    [GeneratedRegex(@"\b(deploy|roll back|bring|pause|resume|maintenance|cancel|stop|start|restart|remove|delete|save|add|edit|lift)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    /// <summary>All that the description of the API names as changing something; not what is everybody's own.</summary>
    private static async Task<IReadOnlyList<ApiDocument.Operation>> ChangesOfTheApiAsync(HttpClient api)
    {
        // The preview puts into words what was typed, and changes nothing.
        string[] own = ["/api/auth/", "/api/setup", "/api/invite", "/api/webhook/", "/api/policies/preview"];
        var changes = (await ApiDocument.ReadAsync(api, Token)).Operations
            .Where(one => one.Method != "GET" && (one.Path.StartsWith("/api/auth/tokens", StringComparison.Ordinal) || !own.Any(one.Path.StartsWith)))
            .ToList();
        changes.Count.ShouldBeGreaterThan(20);
        return changes;
    }
}
