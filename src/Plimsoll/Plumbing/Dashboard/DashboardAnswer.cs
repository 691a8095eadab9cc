using Microsoft.Net.Http.Headers;

namespace Plimsoll.Plumbing.Dashboard;

/// <summary>One file of the dashboard as an answer: compressed as the client likes it, and not at all where it has it already.</summary>
internal sealed class DashboardAnswer(DashboardFiles files, DashboardFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var encoding = file.EncodingFor(request.Headers.AcceptEncoding.ToString());
        var tag = new EntityTagHeaderValue(encoding.Length == 0 ? $"\"{file.Tag}\"" : $"\"{file.Tag}-{encoding}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.CacheControl = file.IsForever ? "public, max-age=31536000, immutable" : "no-cache";
        if (file == files.Page)
        {
            response.Headers.ContentSecurityPolicy = files.ContentSecurityPolicy;
            response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
            response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        }

        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await using var content = files.Open(file, encoding);
        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (encoding.Length > 0)
        {
            response.Headers.ContentEncoding = encoding;
        }

        if (!HttpMethods.IsHead(request.Method))
        {
            await content.CopyToAsync(response.Body, httpContext.RequestAborted);
        }
    }
}
