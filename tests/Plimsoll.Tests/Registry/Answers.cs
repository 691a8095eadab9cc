using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Tests.Registry;

/// <summary>The answers of a registry, short enough to read inside a test.</summary>
internal static class Answers
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string IndexType = "application/vnd.oci.image.index.v1+json";

    public static Task Json(this HttpContext context, string body, int status = 200) => context.Bytes(Encoding.UTF8.GetBytes(body), "application/json", status);

    public static async Task Bytes(this HttpContext context, byte[] body, string contentType, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    public static Task Manifest(this HttpContext context, byte[] body, string contentType = ManifestType)
    {
        context.Response.Headers["Docker-Content-Digest"] = Plimsoll.Registry.Digest.OfBytes(body).ToString();
        return context.Bytes(body, contentType);
    }

    public static Task Status(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public static Task Challenge(this HttpContext context, params string[] challenges)
    {
        context.Response.Headers.WWWAuthenticate = challenges;
        return context.Json("""{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""", 401);
    }

    public static Task Redirect(this HttpContext context, string location, int status = 307)
    {
        context.Response.Headers.Location = location;
        return context.Status(status);
    }
}
